"""The statements of the import, by name. Both databases run the same text unless it says so.

Keys travel as 32 digits, which both take. ``{...}`` are filled from constants of this package,
never from a file.
"""

from __future__ import annotations

import time

from django.db import connection

KNOWN = """
SELECT p.id, p.number, p.local_id, p.name, p.name_key, p.front_title, p.back_title, p.email,
       p.phone, CAST(p.joined_on AS {text}), CAST(p.left_on AS {text}), o.id, o.unit_id, o.status,
       o.position_level, o.position, o.grade, o.standing
FROM {wanted} CROSS JOIN people_person p
LEFT JOIN people_posting o ON o.person_id = p.id AND o.valid_to IS NULL
WHERE {column} = wanted.value {hint}
  AND p.government_id = %s AND p.merged_into_id IS NULL
"""
"""People as :class:`difference.Known`. CROSS JOIN keeps SQLite from scanning the government."""

FORMER = """
SELECT f.number, f.person_id FROM {wanted} CROSS JOIN people_formernumber f
WHERE f.number = wanted.value AND f.government_id = %s
"""

MERGED = """
WITH RECURSIVE trail (local_id, id, next_id) AS (
  SELECT p.local_id, p.id, p.merged_into_id FROM {wanted} CROSS JOIN people_person p
  WHERE p.local_id = wanted.value AND NOT (p.local_id = '') AND p.government_id = %s
    AND p.merged_into_id IS NOT NULL
  UNION ALL
  SELECT trail.local_id, p.id, p.merged_into_id
  FROM trail JOIN people_person p ON p.id = trail.next_id
)
SELECT local_id, id FROM trail WHERE next_id IS NULL
"""
"""The local ids of merged doubles, and the person that remains of each."""

VERSION = "SELECT COALESCE(MAX(id), 0) FROM people_change"
CHANGED_SINCE = "SELECT 1 FROM people_change WHERE id > %s AND government_id = %s LIMIT 1"

COUNT_ROWS = """
SELECT action, COUNT(*), COUNT(NULLIF(question, '')) FROM people_importrow
WHERE source_id = %s GROUP BY action
"""
COUNT_UNITS = """
SELECT action, COUNT(*), 0 FROM people_importunit WHERE source_id = %s GROUP BY action
"""
COUNT_PROBLEMS = """
SELECT severity, COUNT(*) FROM people_importproblem WHERE source_id = %s GROUP BY severity
"""

SAME_PERSON_TWICE = """
SELECT r.id, r.sheet, r.line, r.name, f.sheet, f.line
FROM people_importrow r
JOIN (SELECT person_id, MIN(id) AS first_id FROM people_importrow
      WHERE source_id = %s AND person_id IS NOT NULL AND action NOT IN ('bad', 'ask', 'skip')
      GROUP BY person_id HAVING COUNT(*) > 1) twice
  ON twice.person_id = r.person_id AND r.id > twice.first_id
JOIN people_importrow f ON f.id = twice.first_id
WHERE r.source_id = %s AND r.action NOT IN ('bad', 'ask', 'skip')
"""

_UNMATCHED = """
LEFT JOIN (SELECT DISTINCT person_id FROM people_importrow
           WHERE source_id = %s AND person_id IS NOT NULL
             AND action NOT IN ('bad', 'ask', 'skip', 'create')) m ON m.person_id = p.id
WHERE m.person_id IS NULL AND r.source_id = %s AND r.action = 'create' AND r.answer = ''
"""
"""People whom no other row of the file means. A join, because both databases then build the set
once: SQLite would run NOT EXISTS, and PostgreSQL a large NOT IN, once per person."""

NUMBER_GIVEN = (
    """
SELECT r.id, r.sheet, r.line, r.number, p.id
FROM people_importrow r
JOIN people_person p ON p.government_id = %s AND p.name_key = r.name_key AND p.number = ''
  AND p.merged_into_id IS NULL
JOIN people_posting o ON o.person_id = p.id AND o.valid_to IS NULL AND o.unit_id = r.unit_id
"""
    + _UNMATCHED
    + " AND r.number <> ''"
)
"""A new number with the name of somebody in that unit who had none: became PPPK?"""

NUMBER_CHANGED = (
    """
SELECT r.id, r.sheet, r.line, r.number, p.id
FROM people_importrow r
JOIN people_person p ON p.government_id = %s AND p.name_key = r.name_key AND p.number <> ''
  AND p.merged_into_id IS NULL AND substr(p.number, 1, 8) = substr(r.number, 1, 8)
"""
    + _UNMATCHED
    + " AND r.number <> ''"
)
"""A new number with the name and birth date of somebody whom the file does not name otherwise."""

SAME_NAME_ELSEWHERE = (
    """
SELECT r.id, r.sheet, r.line, r.name, p.id
FROM people_importrow r
JOIN people_person p ON p.government_id = %s AND p.name_key = r.name_key AND p.number = ''
  AND p.merged_into_id IS NULL
JOIN people_posting o ON o.person_id = p.id AND o.valid_to IS NULL
"""
    + _UNMATCHED
    + " AND r.number = ''"
)
"""A new person without a number who bears the name of somebody elsewhere: moved, or another?"""

STAGE_MISSING = """
INSERT INTO people_importrow (source_id, sheet, line, action, person_id, unit_id, posting_id,
  reposts, number, local_id, name, name_key, status, leaves, was, becomes, question, candidates,
  answer)
SELECT %s, '', 0, 'missing', p.id, o.unit_id, o.id, {false}, p.number, p.local_id, p.name,
  p.name_key, o.status, {false}, '{{"left_on":null}}', %s, '', '', ''
FROM people_person p
JOIN people_posting o ON o.person_id = p.id AND o.valid_to IS NULL
LEFT JOIN (SELECT DISTINCT person_id FROM people_importrow
           WHERE source_id = %s AND person_id IS NOT NULL) seen ON seen.person_id = p.id
LEFT JOIN (SELECT DISTINCT name_key FROM people_importrow
           WHERE source_id = %s AND action IN ('bad', 'ask', 'skip')) doubtful
  ON doubtful.name_key = p.name_key
WHERE p.government_id = %s AND p.merged_into_id IS NULL AND {statuses}
  AND seen.person_id IS NULL AND doubtful.name_key IS NULL
"""
"""Whoever a full import does not name; not those whose name stands in an unusable row."""

INSERT_PEOPLE = """
INSERT INTO people_person (id, government_id, number, local_id, name, name_key, front_title,
  back_title, email, phone, joined_on, left_on, merged_into_id)
SELECT r.person_id, %s, r.number, r.local_id, r.name, r.name_key, COALESCE(r.front_title, ''),
  COALESCE(r.back_title, ''), COALESCE(r.email, ''), COALESCE(r.phone, ''), r.joined_on, NULL, NULL
FROM people_importrow r WHERE r.source_id = %s AND r.action = 'create' AND r.id BETWEEN %s AND %s
"""

INSERT_FIRST_POSTINGS = """
INSERT INTO people_posting (id, government_id, person_id, unit_id, status, position_level, position,
  grade, standing, valid_from, valid_to)
SELECT r.person_id, %s, r.person_id, r.unit_id, COALESCE(r.status, 'non_asn'),
  COALESCE(r.position_level, 'other'),
  COALESCE(r.position, ''), COALESCE(r.grade, ''), COALESCE(r.standing, ''), %s, NULL
FROM people_importrow r WHERE r.source_id = %s AND r.action = 'create' AND r.id BETWEEN %s AND %s
"""
"""The first posting bears the key of its person: made long before, and rising, so that the index
grows at its end."""

RECORD_CREATED = """
INSERT INTO people_change (government_id, at, actor_id, source_id, subject, subject_id, kind,
  before, after)
SELECT %s, %s, {actor}, %s, 'person', r.person_id, 'created', '', {created}
FROM people_importrow r WHERE r.source_id = %s AND r.action = 'create' AND r.id BETWEEN %s AND %s
ORDER BY r.id
"""

UPDATE_PEOPLE = """
UPDATE people_person SET
  name = CASE WHEN r.becomes LIKE '%%"name":%%' THEN r.name ELSE people_person.name END,
  name_key = CASE WHEN r.becomes LIKE '%%"name":%%' THEN r.name_key
    ELSE people_person.name_key END,
  number = CASE WHEN r.number <> '' AND r.becomes LIKE '%%"number":%%' THEN r.number
    ELSE people_person.number END,
  front_title = COALESCE(r.front_title, people_person.front_title),
  back_title = COALESCE(r.back_title, people_person.back_title),
  email = COALESCE(r.email, people_person.email),
  phone = COALESCE(r.phone, people_person.phone),
  joined_on = COALESCE(r.joined_on, people_person.joined_on),
  left_on = NULL
FROM people_importrow r
WHERE r.source_id = %s AND r.action IN ('change', 'move', 'reopen')
  AND r.person_id = people_person.id
"""

KEEP_FORMER_NUMBERS = """
INSERT INTO people_formernumber (government_id, person_id, number, until)
SELECT p.government_id, p.id, p.number, %s
FROM people_importrow r JOIN people_person p ON p.id = r.person_id
WHERE r.source_id = %s AND r.action IN ('change', 'move', 'reopen') AND r.number <> ''
  AND p.number <> '' AND p.number <> r.number AND r.becomes LIKE '%%"number":%%'
  AND NOT EXISTS (SELECT 1 FROM people_formernumber f
    WHERE f.government_id = p.government_id AND f.number = p.number)
"""
"""Before :data:`UPDATE_PEOPLE` overwrites them."""

CLOSE_POSTINGS = """
UPDATE people_posting SET
  valid_to = CASE WHEN people_posting.valid_from > %s THEN people_posting.valid_from ELSE %s END
FROM people_importrow r
WHERE r.source_id = %s AND r.posting_id = people_posting.id AND people_posting.valid_to IS NULL
  AND (r.action IN ({closing}) OR (r.reposts AND r.action IN ('change', 'move')))
"""

MARK_LEFT = """
UPDATE people_person SET left_on = %s
FROM people_importrow r
WHERE r.source_id = %s AND r.person_id = people_person.id AND r.action IN ({closing})
"""

REPOST = """
INSERT INTO people_posting (id, government_id, person_id, unit_id, status, position_level, position,
  grade, standing, valid_from, valid_to)
SELECT {new_key}, %s, r.person_id, COALESCE(r.unit_id, o.unit_id),
  COALESCE(r.status, o.status, {status}), COALESCE(r.position_level, o.position_level, 'other'),
  COALESCE(r.position, o.position, ''), COALESCE(r.grade, o.grade, ''),
  COALESCE(r.standing, o.standing, ''),
  CASE WHEN o.valid_to > %s THEN o.valid_to ELSE %s END, NULL
FROM people_importrow r LEFT JOIN people_posting o ON o.id = r.posting_id
WHERE r.source_id = %s AND r.reposts AND r.action IN ('change', 'move', 'reopen')
"""

RECORD_CHANGED = """
INSERT INTO people_change (government_id, at, actor_id, source_id, subject, subject_id, kind,
  before, after)
SELECT %s, %s, {actor}, %s, 'person', r.person_id,
  CASE WHEN r.becomes LIKE '%%"number":%%' THEN 'number_changed'
       WHEN r.action = 'change' THEN 'changed' WHEN r.action = 'move' THEN 'moved'
       WHEN r.action = 'reopen' THEN 'reopened' ELSE 'closed' END,
  r.was, r.becomes
FROM people_importrow r
WHERE r.source_id = %s AND r.action IN ('change', 'move', 'reopen', {closing})
ORDER BY r.id
"""

STALE_POSTINGS = """
SELECT COUNT(*) FROM people_importrow r
LEFT JOIN people_posting o ON o.id = r.posting_id AND o.valid_to IS NULL
WHERE r.source_id = %s AND r.posting_id IS NOT NULL AND o.id IS NULL
  AND r.action IN ('change', 'move', 'close', 'missing')
"""

SPAN = (
    "SELECT COALESCE(MIN(id), 0), COALESCE(MAX(id), -1) FROM people_importrow WHERE source_id = %s"
)

TOUCHED_UNITS = """
SELECT DISTINCT unit_id FROM people_importrow
WHERE source_id = %s AND action IN ('create', 'change', 'move', 'close', 'reopen', 'missing')
  AND unit_id IS NOT NULL LIMIT 200
"""

CREATED_FIELDS = (
    "number", "local_id", "name", "front_title", "back_title", "email", "phone", "joined_on",
    "unit", "status", "position_level", "position", "grade", "standing",
)  # fmt: skip


def text_type() -> str:
    return "text" if connection.vendor == "postgresql" else "TEXT"


def false() -> str:
    return "FALSE" if connection.vendor == "postgresql" else "0"


def new_key() -> str:
    """An expression that makes a key of version 7 per row (as ``base.ids.new_id``)."""
    head = f"{time.time_ns() // 1_000_000:012x}"
    if connection.vendor == "postgresql":
        head = f"{head[:8]}-{head[8:]}-7"
        return f"overlay(gen_random_uuid()::text placing '{head}' from 1 for 15)::uuid"
    return (
        f"'{head}7' || substr(lower(hex(randomblob(2))), 1, 3) || 'a' || "
        "substr(lower(hex(randomblob(8))), 1, 15)"
    )


def created_json() -> str:
    """An expression that writes a new person as JSON, like ``services.changes.as_json``."""
    unit = "r.unit_id"
    if connection.vendor == "sqlite":
        unit = _dashes("r.unit_id")
        pairs = ", ".join(f"'{name}', {_column(name, unit)}" for name in sorted(CREATED_FIELDS))
        return f"json_object({pairs})"
    pairs = ", ".join(f"'{name}', {_column(name, unit)}" for name in sorted(CREATED_FIELDS))
    return f"json_build_object({pairs})::text"


def _column(name: str, unit: str) -> str:
    if name == "status":
        return "COALESCE(r.status, 'non_asn')"
    return unit if name == "unit" else f"r.{name}"


def _dashes(key: str) -> str:
    parts = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
    return " || '-' || ".join(f"substr({key}, {start}, {length})" for start, length in parts)
