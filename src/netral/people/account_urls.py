"""Addresses of accounts, duties and a person's own data; included by ``people.urls``."""

from __future__ import annotations

from django.urls import path

from netral.people.views import accounts, duties, privacy, recovering, slips

urlpatterns = [
    path("", accounts.front, name="front"),
    path("aktivasi/", accounts.claim, name="claim"),
    path("aktivasi/selesai/", accounts.welcome, name="welcome"),
    path("akun/kata-sandi/baru/", accounts.new_password, name="new_password"),
    path("akun/lupa/", accounts.forgotten, name="forgotten"),
    path("akun/langkah-kedua/", accounts.second_factor, name="second_factor"),
    path("akun/perangkat/", accounts.sessions, name="sessions"),
    path("akun/tempat-kerja/", accounts.move_workplace, name="workplace"),
    path("tugas/", duties.duties, name="duties"),
    path("tugas/catatan/", duties.deeds, name="duties_deeds"),
    path("tugas/baru/", duties.grant, name="duties_grant"),
    path("tugas/petugas-luar/", duties.outside_officer, name="duties_outside"),
    path("tugas/<uuid:key>/setujui/", duties.confirm, name="duties_confirm"),
    path("tugas/<uuid:key>/akhiri/", duties.end, name="duties_end"),
    path("tugas/<uuid:key>/ponsel-hilang/", duties.reset_factor, name="duties_reset_factor"),
    path("slip/", slips.slips, name="slips"),
    path("slip/<uuid:key>/", slips.batch, name="slips_batch"),
    path("slip/<uuid:key>/unduh/", slips.download, name="slips_download"),
    path("slip/pegawai/<uuid:person>/", slips.one, name="slips_one"),
    path("saya/", privacy.mine, name="mine"),
    path("saya/data/", privacy.data, name="data"),
    path("saya/data/unduh/", privacy.download, name="data_download"),
    path("saya/data/permintaan/", privacy.ask, name="data_ask"),
    path("saya/data/permintaan/<uuid:key>/tarik/", privacy.withdraw, name="data_withdraw"),
    path("saya/pemulihan/<uuid:key>/bantah/", recovering.dispute, name="recovery_dispute"),
    path("permintaan-data/", privacy.requests, name="data_requests"),
    path("permintaan-data/<uuid:key>/", privacy.answer, name="data_answer"),
]
