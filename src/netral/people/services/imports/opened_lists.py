"""The record of opened lists, when the people and units that an import made go again.

Having been looked at does not keep an import from being undone: a preview alone shows names. Who
opened how many names when stays on record; people who are in the register still learn of it.
"""

from __future__ import annotations

from netral.base import bulk
from netral.people.models import Change, Import, NameListView
from netral.people.queries.accounts import posted_under

_FORGET_SHOWN = """
DELETE FROM people_namelistview_shown WHERE person_id IN (
  SELECT subject_id FROM people_change
  WHERE source_id = %s AND subject = 'person' AND kind = 'created'
)
"""


def let_go(source: Import) -> None:
    """Makes the lists that were opened stand without what ``source`` created."""
    created = Change.objects.filter(source=source, kind=Change.Kind.CREATED)
    units = created.filter(subject=Change.Subject.UNIT).values("subject_id")
    opened = NameListView.objects.filter(unit__in=units)
    for view in opened.filter(is_listed=False).select_related("unit"):
        assert view.unit
        view.shown.set(posted_under(view.unit))  # "everybody under the unit", spelt out
    opened.update(unit=None, is_listed=True)
    bulk.run(_FORGET_SHOWN, [source.pk.hex])
