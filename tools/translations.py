"""Translations without GNU gettext: extract, compile, check.

    python tools/translations.py extract     bring every django.po in line with the sources
    python tools/translations.py compile     write the .mo files that Django reads
    python tools/translations.py check       say what is missing; exit code 1 if anything is

The source language is Indonesian; ``<app>/locale/en/LC_MESSAGES/django.po`` holds the English.
Python is read with ``ast``; templates with Django's own template parser, so that whatever Django
would translate is found, literals like ``_("Nama")`` in the arguments of a tag included.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

CHECKOUT = Path(__file__).resolve().parents[1]
SOURCE = CHECKOUT / "src/netral"
sys.path[:0] = [str(CHECKOUT / "src"), str(CHECKOUT / "tools")]

from i18n.catalogues import compile_catalogue, complain, disagreements, update  # noqa: E402 (a neighbour)
from i18n.messages import Found  # noqa: E402
from i18n.pythonfiles import read_python  # noqa: E402
from i18n.templates import read_template  # noqa: E402

HOME_OF_THE_REST = "base"
"""The catalogue of strings in packages that are no application, such as ``project``."""


def set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netral.project.settings")
    os.environ["NETRAL_ENV_FILE"] = os.devnull
    import django  # noqa: PLC0415 (compile does without)

    django.setup()


def app_of(path: Path) -> str:
    package = path.relative_to(SOURCE).parts[0]
    return package if (SOURCE / package / "apps.py").is_file() else HOME_OF_THE_REST


def read_sources() -> tuple[dict[str, Found], list[str]]:
    """Messages by application, and complaints about how some are written."""
    found: dict[str, Found] = {}
    complaints: list[str] = []
    for path in source_files():
        read = read_python if path.suffix == ".py" else read_template
        messages, problems = read(path, path.relative_to(CHECKOUT).as_posix())
        complaints += problems
        for message in messages:
            found.setdefault(app_of(path), Found()).add(message)
    return found, complaints


def source_files() -> Iterator[Path]:
    for path in sorted(SOURCE.rglob("*")):
        parts = path.relative_to(SOURCE).parts
        if {"migrations", "locale", "static", "__pycache__"} & set(parts):
            continue
        if path.suffix == ".py" or ("templates" in parts and path.suffix in {".html", ".txt"}):
            yield path


def catalogue_path(app: str) -> Path:
    return SOURCE / app / "locale/en/LC_MESSAGES/django.po"


def catalogues() -> list[Path]:
    return sorted(SOURCE.glob("*/locale/*/LC_MESSAGES/django.po"))


def extract() -> int:
    set_up_django()
    found, complaints = read_sources()
    for app, messages in sorted(found.items()):
        added, removed = update(catalogue_path(app), messages)
        if added or removed:
            print(f"{app}: {added} new, {removed} gone")
    print("\n".join(complaints))
    return 1 if complaints else 0


def compile_all() -> int:
    for path in catalogues():
        compile_catalogue(path)
    return 0


def problems() -> list[str]:
    """Everything that keeps the translations from being complete; empty when they are."""
    set_up_django()
    found, complaints = read_sources()
    for app, messages in sorted(found.items()):
        path = catalogue_path(app)
        name = path.relative_to(CHECKOUT).as_posix()
        if not path.is_file():
            complaints.append(f"{name} is missing: make translations")
            continue
        complaints += [f"{name}: {line}" for line in complain(polib.pofile(str(path)), messages)]
    written = {path.parents[3].name: polib.pofile(str(path)) for path in catalogues()}
    return [*complaints, *disagreements(written)]


def check() -> int:
    lines = problems()
    print("\n".join(lines) or "The translations are complete.")
    return 1 if lines else 0


def main() -> int:
    deeds = {"extract": extract, "compile": compile_all, "check": check}
    if len(sys.argv) != 2 or sys.argv[1] not in deeds:
        sys.exit(__doc__)
    return deeds[sys.argv[1]]()


if __name__ == "__main__":
    sys.exit(main())
