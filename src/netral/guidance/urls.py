"""Addresses of the law. Printed on walls and cited in letters: they never change."""

from __future__ import annotations

from django.urls import include, path

from netral.guidance.views import acts, api, changes, downloads, entry, instruments, matrix

app_name = "guidance"
urlpatterns = [
    path("", include("netral.guidance.ask_urls")),
    path("", include("netral.guidance.postcheck_urls")),
    path("", include("netral.guidance.precedent_urls")),
    path("hukum/", entry.law, name="law"),
    path("hukum/peraturan/", instruments.instruments_page, name="instruments"),
    path("hukum/peraturan/<str:instrument>/", instruments.instrument_page, name="instrument"),
    path(
        "hukum/peraturan/<str:instrument>/<str:article>/",
        instruments.provision_page,
        name="provision",
    ),
    path("hukum/perbuatan/", acts.acts_page, name="acts"),
    path("hukum/perbuatan/<str:act>/", acts.act_page, name="act"),
    path("hukum/matriks/", matrix.matrix_page, name="matrix"),
    path("hukum/perubahan/", changes.changes_page, name="changes"),
    path("hukum/data.zip", downloads.data, name="data"),
    path("hukum/sitemap.xml", downloads.sitemap, name="sitemap"),
    path("api/hukum/openapi.json", api.openapi, name="api_openapi"),
    path("api/hukum/instruments", api.instruments, name="api_instruments"),
    path("api/hukum/instruments/<str:instrument>", api.instrument, name="api_instrument"),
    path("api/hukum/provisions", api.provisions, name="api_provisions"),
    path(
        "api/hukum/provisions/<str:instrument>/<str:article>", api.provision, name="api_provision"
    ),
    path("api/hukum/acts", api.acts, name="api_acts"),
    path("api/hukum/acts/<str:act>", api.act, name="api_act"),
    path("api/hukum/judge", api.judge_view, name="api_judge"),
    path("api/hukum/matrix", api.matrix, name="api_matrix"),
    path("api/hukum/<path:rest>", api.unknown, name="api_unknown"),
]
