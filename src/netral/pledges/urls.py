"""Addresses of pledges. Those on the wall and on receipts are short, because people type them."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from netral.pledges.views import ceremonies, check, invitation, leader, paper, receipt, texts, wall

app_name = "pledges"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("netral.pledges.coverage_urls")),
    path("dinding/<str:code>/", wall.wall, name="wall"),
    path("i/", invitation.enter_code, name="enter_code"),
    path("i/<str:code>", invitation.invitation, name="invitation"),
    path("i/<str:code>/slip", invitation.show_slip, name="invitation_slip"),
    path("i/<str:code>/tanda-tangan", invitation.sign_here, name="sign"),
    path("tanda/<str:code>/", receipt.receipt, name="receipt"),
    path("tanda/<str:code>/pdf", receipt.receipt_file, name="receipt_pdf"),
    path("periksa/", check.check, name="check"),
    path("periksa/segel.pem", check.seal_certificate, name="seal_certificate"),
    path("periksa/<str:code>/", check.check_receipt, name="check_receipt"),
    path("ikrar/", ceremonies.ceremony_list, name="ceremonies"),
    path("ikrar/baru/", ceremonies.new, name="ceremony_new"),
    path("ikrar/naskah/", texts.text_list, name="texts"),
    path("ikrar/naskah/baru/", texts.new, name="text_new"),
    path("ikrar/naskah/<uuid:text>/", texts.one, name="text"),
    path("ikrar/naskah/<uuid:text>/ubah/", texts.new_version, name="text_edit"),
    path("ikrar/naskah/<uuid:text>/terbitkan", texts.publish, name="text_publish"),
    path("ikrar/naskah/<uuid:text>/pdf", texts.pdf, name="text_pdf"),
    path("ikrar/<uuid:ceremony>/", ceremonies.one, name="ceremony"),
    path("ikrar/<uuid:ceremony>/ubah/", ceremonies.edit, name="ceremony_edit"),
    path("ikrar/<uuid:ceremony>/naskah.pdf", ceremonies.pdf, name="ceremony_pdf"),
    path("ikrar/<uuid:ceremony>/pimpin/", leader.lead, name="lead"),
    path("ikrar/<uuid:ceremony>/pimpin/butir", leader.read, name="lead_read"),
    path("ikrar/<uuid:ceremony>/pimpin/<slug:name>", leader.make_move, name="lead_move"),
    path("ikrar/<uuid:ceremony>/kertas/", paper.sheets, name="paper"),
    path("ikrar/<uuid:ceremony>/kertas/<uuid:sheet>/", paper.names, name="paper_names"),
    path("ikrar/<uuid:ceremony>/kertas/<uuid:sheet>/berkas", paper.scan, name="paper_scan"),
]
