"""Acts as people do them: what is fixed by the act itself, and how people ask about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from netral.law.vocabulary import Words


@dataclass(frozen=True, slots=True)
class Act:
    """One act of the catalogue.

    `given` holds the facts that are part of the act's own definition. `phrases` are questions in
    everyday Indonesian, `phrases_en` in English, `synonyms` single words people use for the act.
    `irrelevant` names things people mention that change nothing, with the provision that says so.
    """

    id: str
    group: str
    name: Words
    about: Words
    given: Mapping[str, tuple[str, ...]]
    safe: Words
    phrases: tuple[str, ...]
    phrases_en: tuple[str, ...]
    synonyms: tuple[str, ...]
    see_also: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()


GROUPS: dict[str, Words] = {
    "online": Words("Media sosial dan pesan", "Social media and messages"),
    "photos": Words("Foto dan pose", "Photos and poses"),
    "presence": Words("Kehadiran", "Presence"),
    "means": Words("Jabatan, fasilitas, dan uang", "Office, facilities and money"),
    "roles": Words("Peran dalam pemilihan", "Roles in the election"),
    "family": Words("Keluarga", "Family"),
    "candidacy": Words("Maju sebagai calon", "Candidacy"),
    "neutral": Words("Yang boleh", "What is allowed"),
    "leading": Words("Pimpinan dan pengawasan", "Leading and supervising"),
}
