"""Fills the database of this process with a little of everything; run as a module by tests."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from netral.tlog.entries import Content

NUMBER = "199001012015011001"
NOW = datetime(2026, 11, 22, 4, 30, 15, 123456, tzinfo=UTC)
CONTENT = Content({"text": "sampel"})
NAME = "Ratu Cantik Ñandú"


def fill(people: int = 3) -> None:
    from django.conf import settings
    from django.core.cache import cache
    from django.db import transaction

    from netral.base import audit
    from netral.base.audit.integrator import work_once
    from netral.people.models import Account, Government, Person, Unit
    from tests.base.jobs import sample

    audit.register_kind(audit.Kind("sample", lambda keys: dict.fromkeys(keys, CONTENT), lambda: 1))
    government = Government.objects.create(
        id=UUID(int=1), level="province", name="Provinsi Contoh", region_code="99"
    )
    top = Unit.objects.create(
        government=government, name="Dinas", name_key="DINAS", opened_on=date(2020, 1, 1)
    )
    # A child made before its parent in the order of keys: loading must not care.
    Unit.objects.create(
        id=UUID(int=5), government=government, parent=top, name="Bidang", name_key="BIDANG",
        opened_on=date(2020, 1, 2),
    )  # fmt: skip
    Person.objects.bulk_create(
        Person(
            government=government, number=str(int(NUMBER) + number), name=f"{NAME} \t\\ {number}",
            name_key=f"RATU {number}", joined_on=date(2015, 1, 1),
        )
        for number in range(people)
    )  # fmt: skip
    Account.objects.create(
        username="admin", name="Admin", is_installation_admin=True, password="!", government=None
    )
    sample.note.enqueue("/dev/null", "ok")
    with transaction.atomic():
        audit.append(kind="sample", reference=UUID(int=7), content=CONTENT, now=NOW)
    work_once()
    cache.set("key", {"a": [1, 2]}, None)
    Account.objects.filter(username="admin").update(last_login=NOW)
    sheet = Path(settings.MEDIA_ROOT) / "pledges/sheets/lembar ä.txt"
    sheet.parent.mkdir(parents=True, exist_ok=True)
    sheet.write_text("tanda tangan")


def sign(name: str) -> str:
    """Somebody new signs a pledge; their receipt code."""
    from netral.pledges.models import Ceremony
    from tests.pledges.factories import Hall, make_hall, signed

    held = Ceremony.objects.first()
    hall = (
        Hall(held.government, held.election, held.government.accounts.first(), held.text, held)
        if held
        else make_hall()
    )
    return signed(hall, name).receipt_code


def describe() -> list[str]:
    """What :func:`fill` wrote, as it is now: to be compared before and after."""
    from django.conf import settings
    from django.core.cache import cache
    from django_tasks_db.models import DBTaskResult

    from netral.base.audit.models import LogCheckpoint, LogOpening
    from netral.people.models import Account, Person, Unit

    people = Person.objects.order_by("number").values_list("id", "number", "name", "joined_on")
    units = Unit.objects.order_by("name").values_list("id", "parent_id", "name")
    jobs = DBTaskResult.objects.values_list("id", "status", "args_kwargs", "run_after")
    accounts = Account.objects.values_list("id", "last_login", "is_installation_admin", "is_active")
    root = Path(settings.MEDIA_ROOT)
    files = [
        (path.relative_to(root).as_posix(), path.read_text())
        for path in sorted(root.rglob("*"))
        if path.is_file()
    ]
    log = [(it.size, bytes(it.root), it.note) for it in LogCheckpoint.objects.all()]
    salts = [bytes(it.salt) for it in LogOpening.objects.all()]
    rows = [*people, *units, *jobs, *accounts, *files, *log, *salts, ("cache", cache.get("key"))]
    return [repr(row) for row in rows]


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netral.project.settings")
    import django

    django.setup()
    if sys.argv[1] == "sign":
        print(sign(sys.argv[2]))
    elif sys.argv[1] == "fill":
        fill(*map(int, sys.argv[2:]))
    else:
        print("\n".join(describe()))
