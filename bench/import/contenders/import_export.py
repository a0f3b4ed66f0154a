"""The peer: django-import-export with use_bulk, from the same XLSX into one flat table.

``tuned``: one query finds all existing rows, nothing is validated. ``valid``: Django's field
validation and the default loader. ``whole``: the same after a dry run, as its admin does it, so
that the officer has seen a preview: the work Netral does, without history.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from ..make_files import HEADERS, KEPT
from . import world


def main(path: str, database: str, how: str) -> None:
    import django
    from django.conf import settings

    Path(database).unlink(missing_ok=True)
    settings.configure(
        INSTALLED_APPS=["import_export"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": database,
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
                },
            }
        },
    )
    django.setup()
    from django.db import connection, models
    from import_export import fields, instance_loaders, resources
    from import_export.formats.base_formats import XLSX

    def cell(name: str) -> models.CharField:
        return models.CharField(max_length=300, null=True, blank=True, unique=name == "number")

    meta = type(
        "Meta",
        (),
        {
            "app_label": "bench",
            "indexes": [
                models.Index(fields=["name"], name="peer_name"),
                models.Index(fields=["unit", "status"], name="peer_unit"),
            ],
        },
    )
    columns = {name: cell(name) for name in world.FLOOR_COLUMNS}
    staff = type("Staff", (models.Model,), {"__module__": __name__, "Meta": meta, **columns})
    with connection.schema_editor() as editor:
        editor.create_model(staff)
    chosen = type(
        "Meta",
        (),
        {
            "model": staff,
            "import_id_fields": ("number",),
            "use_bulk": True,
            "batch_size": 1000,
            "skip_diff": True,
            "skip_unchanged": False,
            "report_skipped": False,
            "clean_model_instances": how != "tuned",
            "instance_loader_class": (
                instance_loaders.CachedInstanceLoader
                if how == "tuned"
                else instance_loaders.ModelInstanceLoader
            ),
            "fields": world.FLOOR_COLUMNS,
        },
    )
    taken = {
        name: fields.Field(attribute=name, column_name=HEADERS[at]) for at, name in KEPT.items()
    }
    resource = type("StaffResource", (resources.ModelResource,), {"Meta": chosen, **taken})()
    started, used = time.perf_counter(), world.cpu()
    data = XLSX().create_dataset(Path(path).read_bytes())
    if how == "whole":
        resource.import_data(data, dry_run=True, raise_errors=True)
        data = XLSX().create_dataset(Path(path).read_bytes())
    result = resource.import_data(data, raise_errors=True, use_transactions=True)
    ended, used = time.perf_counter(), world.cpu() - used
    assert not result.has_errors()
    world.say(seconds=ended - started, cpu=used, rows=staff.objects.count())  # type: ignore[attr-defined]


if __name__ == "__main__":
    main(*sys.argv[1:4])
