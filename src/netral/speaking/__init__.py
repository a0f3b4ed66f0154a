"""In which language the commands speak: Indonesian, or English with ``--lang en``.

The lowest layer of all, pure Python without Django and without catalogues: ``netral log verify``
and ``netral law`` run where there is neither. What the code says, exceptions too, is English; each
package brings a table of its own that puts it into Indonesian (``indonesian.py`` beside its
commands), and a command says it through here.

What the modules are: ``sentences`` the language and the tables, ``parsing`` a parser whose help and
complaints are spoken as well, ``troubles`` what the system says about a file, in a sentence.
"""
