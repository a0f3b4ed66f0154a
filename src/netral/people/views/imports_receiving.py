"""Receiving a large file: straight to the folder of uploads, counted while it comes in."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from netral.people.services.imports.uploads import SealingWriter

CHUNK_SIZE = 256 * 1024


class ReceivedFile(UploadedFile[Any]):
    """A file that already lies where the import will read it."""

    def __init__(self, path: Path, name: str, size: int) -> None:
        super().__init__(file=None, name=name, size=size)
        self.path = path

    def discard(self) -> None:
        self.path.unlink(missing_ok=True)


class CountingHandler(FileUploadHandler):
    """Seals into ``UPLOAD_DIR`` and stops writing beyond ``IMPORT_MAX_BYTES``.

    What is too large is still read to its end, and thrown away: a browser whose connection is
    cut in the middle shows its own error page instead of ours. Nothing but the file field
    ``name`` is written at all.
    """

    chunk_size = CHUNK_SIZE

    def __init__(self, request: HttpRequest, field: str) -> None:
        super().__init__(request)
        self.field = field
        self.sealed: SealingWriter | None = None
        self.is_too_large = False
        self.is_full = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.field_name != self.field or self.sealed:
            raise SkipFile
        self.sealed = SealingWriter()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        assert self.sealed
        if start + len(raw_data) > settings.IMPORT_MAX_BYTES:
            self.is_too_large = True
            self.sealed.throw_away()
            raise SkipFile
        try:
            self.sealed.write(raw_data)
        except OSError:
            self._say_full(self.sealed)
            raise SkipFile from None

    def file_complete(self, file_size: int) -> ReceivedFile | None:
        if self.sealed is None or self.sealed.is_closed:
            return None
        try:
            self.sealed.close()
        except OSError:
            self._say_full(self.sealed)
            return None
        return ReceivedFile(self.sealed.path, self.file_name or "", file_size)

    def upload_interrupted(self) -> None:
        if self.sealed:
            self.sealed.throw_away()

    def _say_full(self, sealed: SealingWriter) -> None:
        """The disk is full: an answer, not a page of failure."""
        self.is_full = True
        with suppress(OSError):
            sealed.throw_away()
