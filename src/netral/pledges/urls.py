"""Addresses of pledges. Those on the wall and on receipts are short, because people type them."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from netral.pledges.views import (
    ceremonies,
    check,
    declining,
    invitation,
    leader,
    paper,
    paper_names,
    receipt,
    result,
    texts,
    wall,
)

app_name = "pledges"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("netral.pledges.coverage_urls")),
    path("dinding/<str:code>/", wall.wall, name="wall"),
    path("i/", invitation.enter_code, name="enter_code"),
    path("i/<str:code>", invitation.invitation, name="invitation"),
    path("i/<str:code>/slip", invitation.show_slip, name="invitation_slip"),
    path("i/<str:code>/tanda-tangan", invitation.sign_here, name="sign"),
    path("t/<str:code>", invitation.sign_with_ticket, name="sign_with_ticket"),
    path("i/<str:code>/tidak", declining.decline, name="decline"),
    path("tanda/<str:code>/", receipt.receipt, name="receipt"),
    path("tanda/<str:code>/pdf", receipt.receipt_file, name="receipt_pdf"),
    path("tanda/<str:code>/bukan-saya", declining.dispute, name="dispute"),
    path("tanda/<str:code>/bukti", receipt.receipt_proof, name="receipt_proof"),
    path("periksa/", check.check, name="check"),
    path("periksa/segel.pem", check.seal_certificate, name="seal_certificate"),
    path("periksa/<str:code>/", check.check_receipt, name="check_receipt"),
    path("periksa/<str:code>/bukti", check.check_proof, name="check_proof"),
    path("ikrar/", ceremonies.ceremony_list, name="ceremonies"),
    path("ikrar/baru/", ceremonies.new, name="ceremony_new"),
    path("ikrar/naskah/", texts.text_list, name="texts"),
    path("ikrar/naskah/baru/", texts.new, name="text_new"),
    path("ikrar/naskah/<uuid:text>/", texts.one, name="text"),
    path("ikrar/naskah/<uuid:text>/ubah/", texts.edit, name="text_edit"),
    path("ikrar/naskah/<uuid:text>/terbitkan", texts.publish, name="text_publish"),
    path("ikrar/naskah/<uuid:text>/pdf", texts.pdf, name="text_pdf"),
    path("ikrar/tidak-menandatangani/", declining.declines, name="declines"),
    path("ikrar/<uuid:ceremony>/", ceremonies.one, name="ceremony"),
    path("ikrar/<uuid:ceremony>/ubah/", ceremonies.edit, name="ceremony_edit"),
    path("ikrar/<uuid:ceremony>/naskah.pdf", ceremonies.pdf, name="ceremony_pdf"),
    path("ikrar/<uuid:ceremony>/lembar.pdf", ceremonies.blank_sheet, name="blank_sheet"),
    path("ikrar/<uuid:ceremony>/hasil/", result.result, name="result"),
    path("ikrar/<uuid:ceremony>/hasil/berita-acara.pdf", result.minutes, name="minutes"),
    path("ikrar/<uuid:ceremony>/hasil/ikrar-bersama.pdf", result.joint, name="joint"),
    path("ikrar/<uuid:ceremony>/hasil/belum/", result.missing, name="missing"),
    path("ikrar/<uuid:ceremony>/hasil/belum/unduh", result.export_missing, name="missing_export"),
    path("ikrar/<uuid:ceremony>/pimpin/", leader.lead, name="lead"),
    path("ikrar/<uuid:ceremony>/pimpin/butir", leader.read, name="lead_read"),
    path("ikrar/<uuid:ceremony>/pimpin/sesudah", leader.show_after, name="lead_after"),
    path("ikrar/<uuid:ceremony>/pimpin/<slug:name>", leader.make_move, name="lead_move"),
    path("ikrar/<uuid:ceremony>/kertas/", paper.sheets, name="paper"),
    path("ikrar/<uuid:ceremony>/kertas/<uuid:sheet>/", paper_names.names, name="paper_names"),
    path(
        "ikrar/<uuid:ceremony>/kertas/<uuid:sheet>/cabut/<uuid:signature>/",
        paper_names.withdraw,
        name="paper_withdraw",
    ),
    path("ikrar/<uuid:ceremony>/kertas/<uuid:sheet>/berkas", paper.scan, name="paper_scan"),
]
