"""A process of its own that signs for the people named on its command line, one after another."""

from __future__ import annotations

import os
import sys

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netral.project.settings")
    django.setup()
    from django.utils import timezone

    from netral.people.models import Person
    from netral.pledges.models import Ceremony, Signature
    from netral.pledges.services import signing

    ceremony = Ceremony.objects.get(pk=sys.argv[1])
    for key in sys.argv[2:]:
        outcome = signing.sign(
            person=Person.objects.get(pk=key),
            ceremony=ceremony,
            text_digest=ceremony.wording_digest,
            evidence=Signature.Evidence.ACCOUNT,
            now=timezone.now(),
        )
        if not isinstance(outcome, signing.Signed):
            raise SystemExit(f"refused: {outcome}")


if __name__ == "__main__":
    main()
