"""A transparency log: nobody can add, drop or backdate an entry without being noticed.

Pure Python, no Django: the same code writes the log on the server and verifies a receipt on an
auditor's laptop, offline. Formats are those of others, so that verifiers written by others can
read them: RFC 6962 section 2 (hashes and proofs) and C2SP (signed-note, tlog-checkpoint,
tlog-tiles, tlog-cosignature, tlog-proof).

What the modules are: ``hashing`` the tree's arithmetic, ``proofs`` inclusion and consistency,
``tiles`` the tree as static files, ``notes`` keys and signed texts, ``checkpoints`` the signed
state of a log with its witnesses, ``succession`` logs that began anew, ``receipts`` the proof file
that verifies alone.
"""
