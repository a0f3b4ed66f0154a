"""Receiving a large file: straight to the folder of uploads, counted while it comes in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from netral.base.ids import new_id

CHUNK_SIZE = 256 * 1024


class ReceivedFile(UploadedFile[Any]):
    """A file that already lies where the import will read it."""

    def __init__(self, path: Path, name: str, size: int) -> None:
        super().__init__(file=None, name=name, size=size)
        self.path = path

    def discard(self) -> None:
        self.path.unlink(missing_ok=True)


class CountingHandler(FileUploadHandler):
    """Writes to ``UPLOAD_DIR`` and stops writing beyond ``IMPORT_MAX_BYTES``.

    What is too large is still read to its end, and thrown away: a browser whose connection is
    cut in the middle shows its own error page instead of ours. Nothing but the file field
    ``name`` is written at all.
    """

    chunk_size = CHUNK_SIZE

    def __init__(self, request: HttpRequest, field: str) -> None:
        super().__init__(request)
        self.field = field
        self.path: Path | None = None
        self.is_too_large = False
        self.is_full = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.field_name != self.field or self.path:
            raise SkipFile
        settings.UPLOAD_DIR.mkdir(parents=True, exist_ok=True)
        self.path = settings.UPLOAD_DIR / f"{new_id().hex}.upload"
        self.stream = self.path.open("xb")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > settings.IMPORT_MAX_BYTES:
            self.is_too_large = True
            self._throw_away()
            raise SkipFile
        try:
            self.stream.write(raw_data)
        except OSError:  # the disk is full: an answer, not a page of failure
            self.is_full = True
            self._throw_away()
            raise SkipFile from None

    def file_complete(self, file_size: int) -> ReceivedFile | None:
        if self.path is None or self.stream.closed:
            return None
        self.stream.close()
        return ReceivedFile(self.path, self.file_name or "", file_size)

    def upload_interrupted(self) -> None:
        if self.path:
            self._throw_away()

    def _throw_away(self) -> None:
        self.stream.close()
        assert self.path
        self.path.unlink(missing_ok=True)
