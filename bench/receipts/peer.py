"""The same receipt as most would make it: HTML, WeasyPrint, segno, pyHanko with P-256."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import segno
import weasyprint
from django.template import engines
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.fields import SigSeedSubFilter

from netral.base import sealing

if TYPE_CHECKING:
    from netral.pledges.models import Signature

PAGE = """<!doctype html><html lang="id"><head><title>Tanda terima ikrar</title>
<style>@page { size: A5; margin: 13mm 16mm } body { font: 9.5pt serif }</style></head><body>
<h1>Tanda terima ikrar</h1><div style="float:right;width:31mm">{{ qr|safe }}</div>
<dl><dt>Nama<dd>{{ s.person.full_name }}<dt>Nomor pegawai<dd>{{ s.person.identifier }}
<dt>Unit<dd>{{ s.unit.name }}<dt>Ikrar<dd>{{ s.ceremony.title }}
<dt>Untuk<dd>{{ s.ceremony.election.name }}<dt>Waktu<dd>{{ s.signed_at }}</dl>
<p>Kode tanda terima</p><p style="font: bold 19pt monospace">{{ s.receipt_code }}</p>
<h2>{{ s.ceremony.wording.title }}</h2><ol>{% for point in s.ceremony.wording.points %}
<li>{{ point }}{% endfor %}</ol><p>Sidik naskah: {{ s.wording_digest }}</p></body></html>"""


class Peer:
    def __init__(self, folder: Path) -> None:
        sealing.document_seal()
        file = folder / "keys" / "documents.pem"
        signer = SimpleSigner.load(str(file), str(file))
        assert isinstance(signer, SimpleSigner)
        self._signer = signer
        self._page = engines["django"].from_string(PAGE)

    def receipt(self, signature: Signature) -> bytes:
        address = f"http://127.0.0.1:8000/periksa/{signature.receipt_code}/"
        code = segno.make(address, error="m").svg_inline(omitsize=True, border=0)
        html = self._page.render({"s": signature, "qr": code})
        page = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")
        metadata = PdfSignatureMetadata(field_name="Segel", subfilter=SigSeedSubFilter.PADES)
        writer = IncrementalPdfFileWriter(io.BytesIO(page))
        return sign_pdf(writer, metadata, signer=self._signer).getvalue()
