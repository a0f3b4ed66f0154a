"""What the system says about a file, as a sentence that says what to do."""

from __future__ import annotations

import errno

from netral.speaking.sentences import learn

TROUBLES = {
    "there is no file {file}: see that its name and folder are right": "tidak ada berkas {file}: periksa nama dan foldernya",
    "{file} is a folder: name a file in it": "{file} itu folder: sebut berkas di dalamnya",
    "you have no right to use {file}: ask whoever owns it, or name another file": "Anda tidak berhak memakai {file}: mintalah kepada pemiliknya, atau sebut berkas lain",
    "no room is left for {file}: free some space and try again": "tidak ada tempat lagi untuk {file}: kosongkan sebagian, lalu coba lagi",
    "{file} is no text in UTF-8: save it as such, or name another file": "{file} bukan teks UTF-8: simpan ulang sebagai UTF-8, atau sebut berkas lain",
    "{file} cannot be used ({reason}): see that it is what you mean": "{file} tidak dapat dipakai ({reason}): periksa apakah memang itu yang dimaksud",
}  # fmt: skip
learn(TROUBLES)
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


def sentence_about(trouble: OSError | UnicodeDecodeError, file: object = "") -> str:
    """Why a file cannot be used. ``file``: its name, where the trouble itself knows none."""
    if isinstance(trouble, UnicodeDecodeError):
        return f"{file} is no text in UTF-8: save it as such, or name another file"
    file = trouble.filename or file or "?"
    if isinstance(trouble, FileNotFoundError):
        return f"there is no file {file}: see that its name and folder are right"
    if isinstance(trouble, IsADirectoryError):
        return f"{file} is a folder: name a file in it"
    if isinstance(trouble, PermissionError):
        return f"you have no right to use {file}: ask whoever owns it, or name another file"
    if trouble.errno in _NO_ROOM:
        return f"no room is left for {file}: free some space and try again"
    reason = trouble.strerror or type(trouble).__name__
    return f"{file} cannot be used ({reason}): see that it is what you mean"
