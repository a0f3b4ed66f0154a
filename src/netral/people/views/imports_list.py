"""All imports of the government, and handing in a file."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET

from netral.base.access import allow
from netral.people.forms.imports import UploadForm
from netral.people.models import Duty, Import
from netral.people.queries import imports as import_queries
from netral.people.services import imports as import_services
from netral.people.views.imports_receiving import CountingHandler, ReceivedFile
from netral.people.views.register_frame import Desk, attempt, desk_of, keeps_whole_register

PAGE_SIZE = 30
SET_ASIDE = (Import.State.FAILED, Import.State.DISCARDED)
"""Nothing came of them; they are forgotten with the staged rows."""


@allow(keeps_whole_register)
@require_GET
def imports(request: HttpRequest) -> HttpResponse:
    desk = desk_of(request, Duty.Kind.PERSONNEL)
    mine = import_queries.imports_for(desk.actor).filter(government=desk.government)
    page = Paginator(mine.exclude(state__in=SET_ASIDE), PAGE_SIZE).get_page(request.GET.get("page"))
    set_aside = mine.filter(state__in=SET_ASIDE)[:PAGE_SIZE]
    return render(request, "people/imports/list.html", {"page": page, "set_aside": set_aside})


@allow(keeps_whole_register)
@csrf_exempt
def imports_new(request: HttpRequest) -> HttpResponse:
    """The token is checked inside: reading it would read the whole file before we count it."""
    handler = CountingHandler(request, "file")
    request.upload_handlers = [handler]
    return _upload(request, handler)


@csrf_protect
def _upload(request: HttpRequest, handler: CountingHandler) -> HttpResponse:
    desk = desk_of(request, Duty.Kind.PERSONNEL)
    if request.method != "POST":
        return _form_page(request, UploadForm(initial={"effective_on": desk.today}))
    form = UploadForm(request.POST, request.FILES)
    received = request.FILES.get("file")
    _complain(form, handler)
    made: list[Import] = []
    try:
        if form.is_valid() and attempt(form, lambda: made.append(_start(desk, form))):
            return HttpResponseRedirect(reverse("people:imports_import", args=[made[0].pk]))
    finally:
        if not made and isinstance(received, ReceivedFile):
            received.discard()
    return _form_page(request, form)


def _start(desk: Desk, form: UploadForm) -> Import:
    received: ReceivedFile = form.cleaned_data["file"]
    effective_on: date = form.cleaned_data["effective_on"]
    return import_services.start(
        actor=desk.actor,
        government=desk.government,
        upload_path=str(received.path),
        file_name=str(received.name),
        scope=form.cleaned_data["scope"],
        effective_on=effective_on,
        now=desk.now,
    )


def _complain(form: UploadForm, handler: CountingHandler) -> None:
    """What went wrong while receiving replaces "choose a file", which would be untrue."""
    if not handler.is_too_large and not handler.is_full:
        return
    if handler.is_full:
        message = _("Server kehabisan ruang; hubungi pengelola server, lalu unggah lagi.")
    else:
        message = _(
            "Berkas ini lebih besar dari %(megabytes)s MB. Bagi menjadi beberapa berkas, atau "
            "minta pengelola server mengimpornya lewat baris perintah."
        ) % {"megabytes": localize(settings.IMPORT_MAX_BYTES // 1024 // 1024)}
    form.errors.pop("file", None)
    form.add_error("file", message)


def _form_page(request: HttpRequest, form: UploadForm) -> HttpResponse:
    context = {"form": form, "megabytes": settings.IMPORT_MAX_BYTES // 1024 // 1024}
    status = 422 if form.errors else 200
    return render(request, "people/imports/new.html", context, status=status)
