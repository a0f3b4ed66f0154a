"""Every address of the product. Indonesian words, stable once published."""

from __future__ import annotations

from django.urls import include, path

from netral.base import views as base_views

urlpatterns = [
    path("sehat", base_views.health, name="health"),
    path("", include("netral.base.urls")),
    path("", include("netral.people.urls")),
    path("", include("netral.elections.urls")),
    path("", include("netral.pledges.urls")),
    path("", include("netral.guidance.urls")),
    path("akun/", include("netral.people.signin_urls")),
]
handler403 = "netral.base.views.not_allowed"
handler404 = "netral.base.views.not_found"
handler500 = "netral.base.views.broken"
