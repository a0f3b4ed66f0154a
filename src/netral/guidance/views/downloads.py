"""Files: the data set as it stands in the package, and the list of all addresses."""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from netral.base.access import allow, anyone
from netral.law import library

BEGINNING = (1980, 1, 1, 0, 0, 0)
"""One time for every file: equal data give an equal archive."""
NOTE = """Data hukum Netral / Netral law data

Versi / version: {version}
Menjawab sejak / answers from: {first_day}
Lisensi / licence: Apache License 2.0 (LICENSE)

Ringkasan pasal ditulis dengan kata-kata sendiri; setiap isi menyebut bukti dan keyakinannya.
Data ini bukan nasihat hukum.
Provisions are paraphrased; each entry names its evidence and confidence. Not legal advice.
"""


@allow(anyone)
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """``GET /hukum/data.zip``"""
    answer = HttpResponse(archive(), content_type="application/zip")
    name = f"netral-hukum-{library().version}.zip"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


@lru_cache(maxsize=1)
def archive() -> bytes:
    """The archive; made once per process."""
    law = library()
    files = {
        f"data/{path.relative_to(law.folder).as_posix()}": path.read_bytes()
        for path in sorted(law.folder.rglob("*"))
        if path.suffix in (".yaml", ".csv")
    }
    files["README.txt"] = NOTE.format(version=law.version, first_day=law.first_day).encode()
    files["VERSION"] = f"{law.version}\n".encode()
    licence = settings.CHECKOUT / "LICENSE"
    if licence.is_file():
        files["LICENSE"] = licence.read_bytes()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(f"netral-hukum/{name}", BEGINNING)
            packed.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


@allow(anyone)
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """``GET /hukum/sitemap.xml``: every page of the law, for search engines and archives."""
    law = library()
    pages = ("law", "instruments", "acts", "matrix", "changes")
    paths = [reverse(f"guidance:{name}") for name in pages]
    paths += [reverse("guidance:instrument", args=[name]) for name in law.instruments]
    paths += [reverse("guidance:provision", args=name.split("/", 1)) for name in law.provisions]
    paths += [reverse("guidance:act", args=[name]) for name in law.acts]
    addresses = [f"{settings.PUBLIC_URL}{path}" for path in paths]
    answer = render(
        request, "guidance/sitemap.xml", {"addresses": addresses}, content_type="application/xml"
    )
    answer["Cache-Control"] = "public, max-age=3600"
    return answer
