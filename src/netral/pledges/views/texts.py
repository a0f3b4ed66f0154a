"""Texts of the pledge: write, preview in letterhead, publish, print."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from netral.base.access import allow
from netral.base.pdf import pdf_response
from netral.elections import today
from netral.elections.queries import election_to_prepare
from netral.people.models import Government
from netral.pledges.access import actor_of, organiser, reads_ceremonies
from netral.pledges.forms import TextForm
from netral.pledges.models import PledgeText
from netral.pledges.queries import ceremonies as ceremony_queries
from netral.pledges.queries.ceremonies import ORGANISERS, READERS, Kinds
from netral.pledges.rules import wording
from netral.pledges.rules.wording import VARIABLES, Wording
from netral.pledges.services import documents
from netral.pledges.services import texts as text_services
from netral.pledges.services.texts import wording_of
from netral.pledges.views.zones import in_zone_of


@require_safe
@allow(reads_ceremonies)
def text_list(request: HttpRequest) -> HttpResponse:
    office = _office(request, READERS)
    texts = ceremony_queries.texts_for(actor_of(request), READERS).filter(government=office)
    context = {
        "texts": texts,
        "may_write": ceremony_queries.may_write_texts(actor_of(request), office),
    }
    with in_zone_of(office):
        return render(request, "pledges/texts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(organiser)
def new(request: HttpRequest) -> HttpResponse:
    """The first text, filled in with the standard four points."""
    return _write(request, _office(request), text_services.standard_wording())


@require_http_methods(["GET", "HEAD", "POST"])
@allow(organiser)
def edit(request: HttpRequest, text: UUID) -> HttpResponse:
    """A draft is rewritten in place; from a published version the next one is written."""
    one_text = _text(request, text)
    return _write(request, one_text.government, wording_of(one_text), one_text)


@require_safe
@allow(reads_ceremonies)
def one(request: HttpRequest, text: UUID) -> HttpResponse:
    """As it will look on paper, in the office's letterhead."""
    one_text = _text(request, text, READERS)
    content = wording_of(one_text)
    with in_zone_of(one_text.government):
        return render(
            request,
            "pledges/text.html",
            {
                "text": one_text,
                "wording": content,
                "may_write": ceremony_queries.may_write_texts(
                    actor_of(request), one_text.government
                ),
                "plans": organiser(request),
            },
        )


@require_http_methods(["GET", "HEAD", "POST"])
@allow(organiser)
def publish(request: HttpRequest, text: UUID) -> HttpResponse:
    """Asked about once more: from then on nobody changes this version."""
    one_text = _text(request, text)
    if not ceremony_queries.may_write_texts(actor_of(request), one_text.government):
        raise PermissionDenied
    if request.method != "POST":
        context = {"text": one_text, "wording": _example(one_text.government, wording_of(one_text))}
        return render(request, "pledges/text_publish.html", context)
    text_services.publish(text=one_text, actor=actor_of(request), now=timezone.now())
    messages.success(request, _("Naskah terbit dan dapat dipakai dalam ikrar."))
    return redirect("pledges:text", one_text.pk)


@require_safe
@allow(reads_ceremonies)
def pdf(request: HttpRequest, text: UUID) -> HttpResponse:
    one_text = _text(request, text, READERS)
    name = documents.pledge_file_name(wording_of(one_text))
    return pdf_response(documents.text_pdf(one_text), f"{name}-v{one_text.version}.pdf")


def _write(
    request: HttpRequest, office: Government, start: Wording, edited: PledgeText | None = None
) -> HttpResponse:
    form = TextForm(request.POST or None, initial=TextForm.initial_of(start))
    is_valid = form.is_valid()
    if is_valid and request.POST.get("deed") != "contoh":
        return redirect("pledges:text", _save(request, office, form.content(), edited).pk)
    shown = form.content() if is_valid else None if form.is_bound else start
    context = {
        "form": form,
        "edited": edited,
        "variables": [f"{{{name}}}" for name in VARIABLES],
        "example": _example(office, shown) if shown else None,
    }
    return render(request, "pledges/text_form.html", context, status=422 if form.errors else 200)


def _save(
    request: HttpRequest, office: Government, content: Wording, edited: PledgeText | None
) -> PledgeText:
    """A draft published in the meantime is left as it is: the edit becomes a new version."""
    actor = actor_of(request)
    if edited and edited.published_at is None:
        try:
            return text_services.save_draft(text=edited, content=content, actor=actor)
        except text_services.AlreadyPublished:
            messages.info(
                request,
                _("Rancangan itu baru saja terbit, jadi perubahan Anda menjadi versi baru."),
            )
    return text_services.save_version(
        government=office, content=content, actor=actor, now=timezone.now()
    )


def _example(office: Government, content: Wording) -> Wording:
    """The text as it could be read, with values that could be real; Indonesian, as the text is."""
    election = election_to_prepare(office, today.now())
    return wording.fill(
        content,
        {
            "pemilihan": election.name if election else "Pemilihan Umum",
            "pemerintah": office.name,
            "pemimpin": "Sekretaris Daerah",
            "tempat": office.seat or "Aula",
            "tanggal": wording.spelled_date(timezone.now(), office.time_zone),
        },
    )


def _office(request: HttpRequest, kinds: Kinds = ORGANISERS) -> Government:
    office = ceremony_queries.office_of(actor_of(request), kinds)
    if office is None:
        raise Http404
    return office


def _text(request: HttpRequest, text: UUID, kinds: Kinds = ORGANISERS) -> PledgeText:
    return get_object_or_404(ceremony_queries.texts_for(actor_of(request), kinds), pk=text)
