"""What is held about one person, for that person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from netral.people import devices, mine
from netral.people.models import (
    Account,
    AccountRecovery,
    ClaimCode,
    Duty,
    DutyDeed,
    NameListView,
    Person,
    Posting,
)
from netral.people.queries import changes
from netral.people.queries.accounts import WAYS_IN
from netral.people.queries.entries import entries_of
from netral.people.queries.units import names_with_place

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Chapter:
    """One kind of data held: a stable key, a heading, and rows of labelled plain values."""

    key: str
    title: str
    rows: Sequence[Row]

    @property
    def count(self) -> int:
        return sum(not isinstance(row, mine.Note) for row in self.rows)


def held_about(
    request: HttpRequest, account: Account, *, hidden_lists: frozenset[str] = frozenset()
) -> list[Chapter]:
    """Everything, in the order in which a person would ask for it.

    ``account`` is the one that is signed in: what its person wrote in confidence is left out where
    ``request`` may be somebody else's, who holds their slip; and so are ``hidden_lists``, on which
    people stand only for that: that such a list was opened says that there is something.
    """
    chapters = [Chapter("account", _("Akun"), [_account_facts(account)])]
    if account.person is not None:
        chapters += _register_chapters(account.person)
    chapters += _account_chapters(account)
    if account.person is not None:
        person = account.person
        chapters.append(
            Chapter("name_lists", _("Daftar nama yang memuat Anda"), _lists(person, hidden_lists))
        )
        chapters.append(Chapter("requests", _("Permintaan Anda"), _requests(person)))
        chapters += [
            Chapter(held.key, str(held.title), rows)
            for held, rows in mine.held_about(request, person)
        ]
    return chapters


def _account_facts(account: Account) -> Row:
    return {
        _("Nama"): account.name,
        _("Nama akun"): account.username,
        _("Pemerintah daerah"): str(account.government or ""),
        _("Dibuat"): account.created_at,
        _("Terakhir masuk"): account.last_login,
        _("Bahasa"): account.language,
    }


def _register_chapters(person: Person) -> list[Chapter]:
    facts = {
        _("Nama lengkap"): person.full_name,
        _("NIP / NI PPPK"): person.number,
        _("ID lokal"): person.local_id,
        _("Email dinas"): person.email,
        _("Nomor HP"): person.phone,
        _("Mulai bekerja"): person.joined_on,
        _("Berhenti"): person.left_on,
        _("Nomor sebelumnya"): ", ".join(person.former_numbers.values_list("number", flat=True)),
    }
    return [
        Chapter("register", _("Data pegawai"), [facts]),
        Chapter("postings", _("Riwayat jabatan dan unit"), _postings(person)),
        Chapter("changes", _("Perubahan pada data pegawai"), _changes(person)),
    ]


def _postings(person: Person) -> list[Row]:
    postings = list(person.postings.order_by("-valid_from"))
    headships = list(person.headships.order_by("-valid_from"))
    units = names_with_place({one.unit_id for one in postings} | {one.unit_id for one in headships})
    rows: list[Row] = [
        {
            _("Unit"): units[posting.unit_id],
            _("Status"): posting.get_status_display(),
            _("Jabatan"): posting.position,
            _("Jenjang"): posting.get_position_level_display(),
            _("Golongan"): posting.grade,
            _("Kedudukan hukum"): posting.standing,
            _("Sejak"): posting.valid_from,
            _("Sampai"): posting.last_day,
        }
        for posting in postings
    ]
    rows += [
        {
            _("Unit"): units[head.unit_id],
            _("Jabatan"): _("Kepala unit (%(kind)s)") % {"kind": head.get_kind_display()},
            _("Sejak"): head.valid_from,
            _("Sampai"): head.last_day,
        }
        for head in headships
    ]
    return rows


def _changes(person: Person) -> list[Row]:
    return [
        {
            _("Waktu"): line.at,
            _("Yang terjadi"): line.deed,
            _("Semula"): _in_words((field.label, field.before) for field in line.fields),
            _("Menjadi"): _in_words((field.label, field.after) for field in line.fields),
            _("Melalui"): _("impor berkas") if line.source else _("petugas"),
        }
        for line in changes.lines(list(changes.person_changes(person)[:500]))
    ]


def _in_words(values: Iterable[tuple[str, str]]) -> str:
    """What is there, as ``jabatan: Analis; golongan: III/a``."""
    return "; ".join(f"{label}: {value}" for label, value in values if value)


def _account_chapters(account: Account) -> list[Chapter]:
    codes = ClaimCode.objects.filter(
        Q(account=account) | Q(person=account.person_id, person__isnull=False)
    ).select_related("issued_by")
    return [
        Chapter(
            "slips", _("Slip dengan kode"), [_slip(code) for code in codes.order_by("-issued_at")]
        ),
        Chapter("sign_ins", _("Riwayat masuk (satu tahun)"), _sign_ins(account)),
        Chapter("sessions", _("Perangkat yang sedang masuk"), _sessions(account)),
        Chapter("keys", _("Langkah kedua dan kunci sandi"), _keys(account)),
        Chapter("recoveries", _("Pemulihan akun"), _recoveries(account)),
        Chapter("duties", _("Tugas sebagai petugas"), _duties(account)),
    ]


def _slip(code: ClaimCode) -> Row:
    return {
        _("Dibuat"): code.issued_at,
        _("Dibuat oleh"): code.issued_by.name if code.issued_by else _("perintah di server"),
        _("Berlaku sampai"): code.expires_at,
        _("Dipakai"): code.used_at,
        _("Tidak berlaku sejak"): code.revoked_at,
    }


def _sign_ins(account: Account) -> list[Row]:
    return [
        {
            _("Waktu"): sign_in.at,
            _("Cara"): sign_in.get_method_display(),
            _("Perangkat"): sign_in.device,
        }
        for sign_in in account.sign_ins.all()[:200]
    ]


def _sessions(account: Account) -> list[Row]:
    rows: list[Row] = [
        {
            _("Sejak"): session.created_at,
            _("Perangkat"): devices.describe(session.user_agent),
            _("Alamat jaringan"): session.ip,
        }
        for session in UserSession.objects.filter(user=account).order_by("-created_at")
    ]
    known = account.known_devices.count()
    return [*rows, mine.Note({_("Peramban yang dikenali"): known})] if known else rows


def _keys(account: Account) -> list[Row]:
    return [
        {
            _("Jenis"): str(WAYS_IN[key.type]),
            _("Dipasang"): key.created_at,
            _("Terakhir dipakai"): key.last_used_at,
        }
        for key in Authenticator.objects.filter(user=account)
    ]


def _recoveries(account: Account) -> list[Row]:
    proposals = account.recoveries.select_related("proposed_by", "decided_by")
    return [
        {
            _("Diusulkan"): one.proposed_at,
            _("Diusulkan oleh"): one.proposed_by.name,
            _("Alasan"): one.reason,
            _("Dibantah"): one.disputed_at,
            _("Diputuskan"): one.decided_at,
            _("Diputuskan oleh"): one.decided_by.name if one.decided_by else "",
            _("Keputusan"): _decision(one),
        }
        for one in proposals.order_by("-proposed_at")
    ]


def _decision(recovery: AccountRecovery) -> str:
    if recovery.is_granted is None:
        return _("menunggu petugas kedua")
    return _("semua jalan masuk dihapus") if recovery.is_granted else recovery.refusal


def _duties(account: Account) -> list[Row]:
    deeds = DutyDeed.objects.filter(account=account).select_related("duty__unit")
    return [
        {
            _("Waktu"): deed.at,
            _("Tugas"): deed.duty.get_kind_display() if deed.duty else "",
            _("Untuk"): str(deed.duty.unit or deed.duty.government) if deed.duty else "",
            _("Yang terjadi"): deed.get_kind_display(),
            _("Alasan"): deed.reason,
        }
        for deed in deeds
    ]


def list_views_about(person: Person) -> list[NameListView]:
    """The lists of names that showed this person, newest first.

    Where it was recorded who was shown, that decides; an export of a unit showed all its people.
    """
    postings = list(person.postings.select_related("unit"))
    above: dict[UUID, set[UUID]] = {
        posting.pk: set(posting.unit.above.values_list("ancestor_id", flat=True))
        for posting in postings
    }
    every = set().union(*above.values()) if above else set()
    views = NameListView.objects.filter(
        Q(is_listed=True, pk__in=_views_showing(person))
        | Q(is_listed=False) & (Q(unit=None) | Q(unit__in=every)),
        government=person.government,
    ).select_related("unit", "government")
    found = (view for view in views[:2000] if view.is_listed or _stood_on(view, postings, above))
    return list(islice(found, 200))


def _views_showing(person: Person) -> QuerySet[Any, Any]:
    """Ids of the views that showed this person, or an entry that was later joined into theirs."""
    return NameListView.objects.filter(shown__in=entries_of(person), is_listed=True).values("pk")


def _stood_on(
    view: NameListView, postings: Sequence[Posting], above: Mapping[UUID, set[UUID]]
) -> bool:
    day = view.at.date()
    return any(
        posting.valid_from <= day
        and (posting.valid_to is None or day < posting.valid_to)
        and (view.unit_id is None or view.unit_id in above[posting.pk])
        for posting in postings
    )


def _lists(person: Person, hidden: frozenset[str]) -> list[Row]:
    return [
        {
            _("Daftar"): _("daftar nama %(place)s") % {"place": view.unit or view.government},
            _("Dibuka oleh"): role_of(view),
            _("Waktu"): view.at,
            _("Jumlah nama"): view.people,
        }
        for view in list_views_about(person)
        if view.what not in hidden
    ]


def role_of(view: NameListView) -> str:
    """The duty under which a list was opened, never the name of the officer."""
    kinds = {str(kind): str(label) for kind, label in Duty.Kind.choices}
    return kinds.get(view.duty, _("petugas"))


def _requests(person: Person) -> list[Row]:
    return [
        {
            _("Jenis"): request.get_kind_display(),
            _("Penjelasan"): request.text,
            _("Diajukan"): request.asked_at,
            _("Batas jawaban"): request.due_at,
            _("Keadaan"): request.get_state_display(),
            _("Jawaban"): request.answer,
        }
        for request in person.data_requests.order_by("-asked_at")
    ]
