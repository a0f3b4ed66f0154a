"""Texts of the pledge: write, preview in letterhead, publish, print."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from netral.base.access import allow
from netral.people.models import Government
from netral.pledges.access import actor_of, organiser
from netral.pledges.forms import TextForm
from netral.pledges.models import PledgeText
from netral.pledges.queries import ceremonies as ceremony_queries
from netral.pledges.rules.wording import VARIABLES, Wording
from netral.pledges.services import documents
from netral.pledges.services import texts as text_services
from netral.pledges.views.zones import in_zone_of


@require_safe
@allow(organiser)
def text_list(request: HttpRequest) -> HttpResponse:
    office = _office(request)
    texts = ceremony_queries.texts_for(actor_of(request)).filter(government=office)
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
def new_version(request: HttpRequest, text: UUID) -> HttpResponse:
    one_text = _text(request, text)
    return _write(request, one_text.government, text_services.wording_of(one_text), one_text)


@require_safe
@allow(organiser)
def one(request: HttpRequest, text: UUID) -> HttpResponse:
    """As it will look on paper, in the office's letterhead."""
    one_text = _text(request, text)
    content = text_services.wording_of(one_text)
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
            },
        )


@require_POST
@allow(organiser)
def publish(request: HttpRequest, text: UUID) -> HttpResponse:
    one_text = _text(request, text)
    text_services.publish(text=one_text, actor=actor_of(request), now=timezone.now())
    messages.success(request, _("Naskah terbit dan dapat dipakai dalam ikrar."))
    return redirect("pledges:text", one_text.pk)


@require_safe
@allow(organiser)
def pdf(request: HttpRequest, text: UUID) -> HttpResponse:
    one_text = _text(request, text)
    response = HttpResponse(documents.text_pdf(one_text), content_type="application/pdf")
    name = documents.pledge_file_name(text_services.wording_of(one_text))
    response["Content-Disposition"] = f'inline; filename="{name}-v{one_text.version}.pdf"'
    return response


def _write(
    request: HttpRequest, office: Government, start: Wording, edited: PledgeText | None = None
) -> HttpResponse:
    form = TextForm(request.POST or None, initial=TextForm.initial_of(start))
    if request.method == "POST" and form.is_valid():
        saved = text_services.save_version(
            government=office, content=form.content(), actor=actor_of(request), now=timezone.now()
        )
        return redirect("pledges:text", saved.pk)
    context = {
        "form": form,
        "edited": edited,
        "variables": [f"{{{name}}}" for name in VARIABLES],
    }
    return render(request, "pledges/text_form.html", context, status=422 if form.errors else 200)


def _office(request: HttpRequest) -> Government:
    office = ceremony_queries.office_of(actor_of(request))
    if office is None:
        raise Http404
    return office


def _text(request: HttpRequest, text: UUID) -> PledgeText:
    return get_object_or_404(ceremony_queries.texts_for(actor_of(request)), pk=text)
