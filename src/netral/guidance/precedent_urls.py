"""Addresses of precedents and of the way to them. A precedent's own address is cited in letters."""

from __future__ import annotations

from django.urls import path

from netral.guidance.views.precedents import answering, api, events, public, questions, reviewing

urlpatterns = [
    path("preseden/", public.precedents, name="precedents"),
    path("preseden/<str:region>/<int:year>/<int:number>/", public.precedent, name="precedent"),
    path("preseden/<uuid:precedent>/", public.by_key, name="precedent_by_key"),
    path("tanya/penelaah/", questions.new, name="consult"),
    path("tanya/status/", questions.state, name="consult_state"),
    path("tanya/pertanyaan/<uuid:consultation>/", questions.mine, name="consult_mine"),
    path(
        "tanya/pertanyaan/<uuid:consultation>/pendapat.pdf", questions.opinion,
        name="consult_opinion",
    ),
    path("penelaahan/", reviewing.queue, name="reviews"),
    path("penelaahan/baru/", reviewing.new, name="review_new"),
    path("penelaahan/kegiatan/", events.collect, name="event_questions"),
    path("penelaahan/<uuid:consultation>/", reviewing.one, name="review"),
    path("penelaahan/<uuid:consultation>/draf/", answering.draft, name="review_draft"),
    path("penelaahan/<uuid:consultation>/<slug:name>", answering.move, name="review_move"),
    path("api/hukum/precedents", api.precedents, name="api_precedents"),
    path("api/hukum/precedents/<uuid:precedent>", api.precedent, name="api_precedent"),
    path("api/hukum/search", api.search, name="api_search"),
]  # fmt: skip
