"""Where a demonstration must never be built."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from netral.elections.models import Election
from netral.people.models import Account, Government
from netral.project.demonstration import build as building
from netral.project.demonstration.build import build, sign_ins
from netral.project.refusal import Refusal
from tests.elections.factories import make_government

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _elsewhere(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def test_a_real_installation_refuses(settings: Any, tmp_path: Path) -> None:
    settings.DEMO = False
    with pytest.raises(Refusal, match="NETRAL_DEMO"):
        build(size=90)
    assert not Government.objects.exists()
    assert list(tmp_path.iterdir()) == []


def test_beside_a_real_government_it_refuses(settings: Any) -> None:
    settings.DEMO = True
    make_government("64")
    with pytest.raises(Refusal, match="Pemerintah 64"):
        build(size=90)
    assert Government.objects.count() == 1


def test_outside_a_demonstration_no_sign_in_is_shown(settings: Any) -> None:
    settings.DEMO = False
    Government.objects.create(level="province", name="Peragaan", region_code="99", is_demo=True)
    assert sign_ins() == []


def test_interrupted_in_the_middle_it_leaves_nothing(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = True

    def stop(*_arguments: Any, **_named: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(building.pledging, "make_pledges", stop)
    with pytest.raises(KeyboardInterrupt):
        build(size=90, report=lambda _line: None)
    assert not Government.objects.exists()
    assert not Account.objects.exists()
    assert not Election.objects.exists()
