"""Addresses of the log. ``/log/`` is the prefix C2SP tlog-tiles speaks of."""

from __future__ import annotations

from django.urls import path, re_path

from netral.base.audit import views

app_name = "log"
_TILE = (
    r"tile/(?:[0-9]|[1-5][0-9]|6[0-3]|entries)/(?:x[0-9]{3}/)*[0-9]{3}"
    r"(?:\.p/(?:[1-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5]))?"
)
urlpatterns = [
    path("", views.page, name="page"),
    path("periksa/", views.check, name="check"),
    path("bukti/<int:index>", views.proof, name="proof"),
    path("keys.txt", views.keys_file, name="keys"),
    path("checkpoint", views.checkpoint, name="checkpoint"),
    re_path(rf"^(?P<tile>{_TILE})$", views.tile, name="tile"),
    re_path(
        rf"^lama/(?P<number>[0-9]{{1,4}})/(?P<path>checkpoint|{_TILE})$",
        views.closed_file,
        name="closed",
    ),
    path("add-cosignature", views.add_cosignature, name="add_cosignature"),
]
