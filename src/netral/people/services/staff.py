"""Adding one person by hand and correcting what stands about them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from netral.base.events import publish
from netral.people.events import NumberChanged, RegisterChanged
from netral.people.folding import matching_key, new_local_ids, tidy
from netral.people.models import Account, Change, FormerNumber, Government, Person
from netral.people.rules import clean_number, has_all_digits, is_number, needs_number
from netral.people.services import changes, permission, postings
from netral.people.services.postings import PostingFacts


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """What stands about a person whatever their posting."""

    name: str
    front_title: str = ""
    back_title: str = ""
    email: str = ""
    phone: str = ""


@transaction.atomic
def add(
    *,
    actor: Account,
    government: Government,
    number: str,
    facts: PersonFacts,
    posting: PostingFacts,
    on: date,
    now: datetime,
) -> Person:
    """Enters somebody who starts on ``on``. Non-ASN staff without a number get a local id."""
    permission.require_unit(actor, posting.unit)
    postings.check_unit(posting.unit, government)
    postings.refuse_future(on, government, now)
    number = free_number(number, government, status=posting.status)
    facts = _tidied(facts)
    person = Person.objects.create(
        government=government,
        number=number,
        local_id="" if number else free_local_id(government),
        name_key=matching_key(facts.name),
        joined_on=on,
        **asdict(facts),
    )
    postings.open_posting(person, posting, on)
    after = {
        **{key: value for key, value in asdict(facts).items() if value},
        **posting.values(),
        "identifier": person.identifier,
        "valid_from": on,
    }
    changes.record_person(person, actor, now, Change.Kind.CREATED, after=after)
    publish(RegisterChanged(government.pk, frozenset({posting.unit.pk})))
    return person


@transaction.atomic
def correct(*, actor: Account, person: Person, facts: PersonFacts, now: datetime) -> Person:
    """Corrects name, titles and contact. What depends on a day is a change of posting."""
    permission.require_person(actor, person)
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    refuse_merged(person)
    wanted = asdict(_tidied(facts))
    before, after = changes.difference({key: getattr(person, key) for key in wanted}, wanted)
    if not after:
        return person
    for key, value in after.items():
        setattr(person, key, value)
    person.name_key = matching_key(person.name)
    person.save(update_fields=[*after, "name_key"])
    changes.record_person(person, actor, now, Change.Kind.CHANGED, before=before, after=after)
    return person


@transaction.atomic
def change_number(
    *, actor: Account, person: Person, number: str, on: date, now: datetime
) -> Person:
    """From ``on`` they bear another number; the one until now stays findable as theirs."""
    permission.require_person(actor, person)
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    refuse_merged(person)
    postings.refuse_future(on, person.government, now)
    number = clean_number(number)
    if number == person.number:
        raise ValidationError({"number": _("Itu nomor yang sekarang; tulis nomor yang baru.")})
    number = free_number(number, person.government, status="pns", itself=person)
    # Taking back a typing error: the number returns and is no longer a former one.
    FormerNumber.objects.filter(person=person, number=number).delete()
    if person.number:
        FormerNumber.objects.create(
            government=person.government, person=person, number=person.number, until=on
        )
    before, identifier = person.number, person.identifier
    person.number = number
    person.save(update_fields=["number"])
    changes.record_person(
        person,
        actor,
        now,
        Change.Kind.NUMBER_CHANGED,
        before={"number": before},
        after={"number": number, "valid_from": on},
    )
    publish(NumberChanged(person.pk, before=identifier, after=number))
    return person


def free_number(
    number: str, government: Government, *, status: str, itself: Person | None = None
) -> str:
    """The clean number, refused when it is malformed, missing for ASN, or somebody else's."""
    number = clean_number(number)
    if not number:
        if needs_number(status):
            raise ValidationError(
                {"number": _("Isi NIP atau NI PPPK; hanya non-ASN yang boleh tanpa nomor.")}
            )
        return ""
    if not is_number(number):
        raise ValidationError({"number": _("NIP dan NI PPPK terdiri atas 18 angka; periksa lagi.")})
    if not has_all_digits(number):
        raise ValidationError(
            {
                "number": _(
                    "Nomor yang berakhir 000 pernah dibulatkan Excel; tulis tiga angka terakhir "
                    "yang sebenarnya."
                )
            }
        )
    others = Person.objects.filter(government=government, number=number, merged_into=None)
    former = FormerNumber.objects.filter(government=government, number=number)
    if itself:
        others, former = others.exclude(pk=itself.pk), former.exclude(person=itself)
    if others.exists():
        raise ValidationError(
            {
                "number": _(
                    "Nomor itu sudah tercatat untuk pegawai lain; bila orangnya sama, gabungkan "
                    "kedua catatan."
                )
            }
        )
    if former.exists():
        raise ValidationError(
            {"number": _("Nomor itu nomor lama pegawai lain; periksa lagi nomornya.")}
        )
    return number


def free_local_id(government: Government) -> str:
    return next(
        new_local_ids(
            government.region_code,
            is_taken=lambda candidate: Person.objects.filter(local_id=candidate).exists(),
        )
    )


def refuse_merged(person: Person) -> None:
    if person.merged_into_id:
        raise ValidationError(_("Catatan ini sudah digabung; ubah catatan yang dipertahankan."))


def _tidied(facts: PersonFacts) -> PersonFacts:
    facts = PersonFacts(**{key: tidy(value) for key, value in asdict(facts).items()})
    if not matching_key(facts.name):
        raise ValidationError({"name": _("Tulis nama dengan huruf.")})
    return facts
