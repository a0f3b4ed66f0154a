"""What is said of a sheet that bears another text than its ceremony: which one, and what to do."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from netral.people.models import Account
from netral.pledges.models import Ceremony
from netral.pledges.services.sheet_texts import OtherWording, ceremony_with, wording_with


def sentences_on(code: str, *, ceremony: Ceremony, actor: Account) -> str:
    """Never says which code would be right: it has to be read off the sheet."""
    other = ceremony_with(code, besides=ceremony, actor=actor)
    if other:
        return gettext(
            "Kode %(code)s milik ikrar lain: %(title)s, %(date)s. Bila lembar ini memang dari "
            "ikrar itu, unggah di sana; bila tidak, cetak lembar ikrar ini dan minta "
            "ditandatangani."
        ) % {"code": code, "title": other.title, "date": _day(other.planned_at)}
    found = wording_with(code, ceremony)
    if found:
        return _on_wording(code, found, ceremony)
    return gettext(
        "Kode %(code)s bukan kode naskah ikrar ini. Baca sekali lagi di kaki lembar; bila memang "
        "itu yang tertulis, yang ditandatangani naskah lain: cetak lagi dan minta ditandatangani."
    ) % {"code": code}


def _on_wording(code: str, found: OtherWording, ceremony: Ceremony) -> str:
    if found.text != ceremony.text:
        return gettext(
            "Kode %(code)s milik naskah versi %(version)s, sedangkan ikrar ini memakai versi "
            "%(own)s. Lembar itu tidak dapat dipakai: cetak lagi dan minta ditandatangani."
        ) % {"code": code, "version": found.text.version, "own": ceremony.text.version}
    return gettext(
        "Kode %(code)s milik naskah bertanggal %(date)s, sedangkan naskah ikrar ini bertanggal "
        "%(own)s. Lembar itu tidak dapat dipakai: cetak lagi dan minta ditandatangani."
    ) % {"code": code, "date": _day(found.at), "own": _day(ceremony.planned_at)}


def _day(at: datetime) -> str:
    return date_format(timezone.localtime(at), "DATE_FORMAT")
