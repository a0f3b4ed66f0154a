"""Elections as data: what is voted on where, in which phases, with which contestants."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from netral.base.ids import new_id
from netral.elections.phases import PhaseCode


def _in_language(indonesian: str, english: str) -> str:
    """Data carries both languages itself; what has no English shows in Indonesian."""
    return english if english and (get_language() or "id").startswith("en") else indonesian


class Confidence(models.TextChoices):
    """How far a day or a name can be trusted."""

    OFFICIAL = "official", _("sumber resmi")
    AGREED = "agreed", _("dua sumber atau lebih sepakat")
    SINGLE = "single", _("satu sumber")
    DERIVED = "derived", _("dihitung dari tanggal lain")
    UNVERIFIED = "unverified", _("belum diperiksa pada sumber")
    LOCAL = "local", _("dicatat setempat")
    FICTIONAL = "fictional", _("rekaan")


class Election(models.Model):
    """A Pemilu or a Pemilihan in one region (``00`` is the whole country).

    Without a government it came loaded with Netral and holds for everybody in its region; with
    one it was added by that government's officers and only they see it.
    """

    class Kind(models.TextChoices):
        PEMILU = "pemilu", _("Pemilu")
        PEMILIHAN = "pemilihan", _("Pemilihan")

    class Certainty(models.TextChoices):
        FIXED = "fixed", _("ditetapkan")
        FORECAST = "forecast", _("perkiraan")
        FICTIONAL = "fictional", _("rekaan untuk peragaan")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    name = models.CharField(_("nama"), max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    region_code = models.CharField(_("kode wilayah"), max_length=8)
    certainty = models.CharField(_("kepastian"), max_length=10, choices=Certainty)
    basis = models.CharField(_("dasar"), max_length=300, blank=True)
    """The KPU regulation or other instrument that fixes the calendar."""
    voting_on = models.DateField(_("hari pemungutan suara"), null=True)
    """Empty while no authority has fixed it."""
    voting_window = models.CharField(max_length=300, blank=True)
    """In words, when there is no day."""
    voting_window_en = models.CharField(max_length=300, blank=True)
    expected_year = models.PositiveSmallIntegerField(null=True)
    """Only to sort forecasts by."""
    source = models.TextField(_("sumber"), blank=True)
    """Addresses, one a line."""
    government = models.ForeignKey(
        "people.Government", models.CASCADE, null=True, related_name="own_elections"
    )
    added_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["voting_on", "name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(certainty="forecast") | Q(voting_on=None),
                name="election_forecast_has_no_day",
            ),
            models.CheckConstraint(
                condition=Q(certainty="forecast") | Q(voting_on__isnull=False),
                name="election_fixed_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return _in_language(self.name, self.name_en)

    @property
    def window(self) -> str:
        return _in_language(self.voting_window, self.voting_window_en)


class Phase(models.Model):
    """A stretch of the calendar in local days, both ends included.

    Days are local: at midnight in the zone of the government one phase gives way to the next
    (``rules.starts_at``). Phases of one election may overlap (candidacy runs while voters are
    listed); the *main* ones do not, and the phase line shows those. Their ``code`` is a
    ``phases.PhaseCode``.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    election = models.ForeignKey(Election, models.CASCADE, related_name="phases")
    code = models.CharField(max_length=30)
    name = models.CharField(_("nama"), max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    """The last local day that still belongs to the phase."""
    is_main = models.BooleanField(default=False)
    confidence = models.CharField(_("keyakinan"), max_length=12, choices=Confidence, blank=True)
    source = models.TextField(_("sumber"), blank=True)
    """Addresses, one a line."""
    note = models.TextField(blank=True)
    note_en = models.TextField(blank=True)

    class Meta:
        ordering = ["starts_on", "ends_on", "code"]
        constraints = [
            models.UniqueConstraint(fields=["election", "code"], name="phase_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="phase_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Main phases bear the names of the vocabulary unless the data says otherwise."""
        return _in_language(self.name, self.name_en) or str(PhaseCode(self.code).label)

    @property
    def remark(self) -> str:
        return _in_language(self.note, self.note_en)


class PhaseOverride(models.Model):
    """A government's own days for a phase that came loaded, with the reason, until withdrawn.

    The loaded days stay as they are and stay visible beside it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    government = models.ForeignKey("people.Government", models.CASCADE, related_name="+")
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="overrides")
    starts_on = models.DateField(_("hari pertama"))
    ends_on = models.DateField(_("hari terakhir"))
    reason = models.CharField(_("alasan dan dasar"), max_length=300)
    made_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["government", "phase"],
                condition=Q(withdrawn_at=None),
                name="phase_override_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="phase_override_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"


class Party(models.Model):
    """A party on the ballot, by its number. Never with a colour."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    election = models.ForeignKey(Election, models.CASCADE, related_name="parties")
    number = models.PositiveSmallIntegerField(_("nomor urut"))
    name = models.CharField(_("nama"), max_length=200)
    short_name = models.CharField(_("singkatan"), max_length=40)
    other_names = models.JSONField(default=list)
    """Short forms by which people mean this party."""
    only_in = models.CharField(max_length=8, blank=True)
    """Region code of a local party; empty for a national one."""
    source = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["election", "number"], name="party_number_once")
        ]

    def __str__(self) -> str:
        return self.short_name


class Ticket(models.Model):
    """A candidate or pair on the ballot, always shown in the order of the numbers."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    election = models.ForeignKey(Election, models.CASCADE, related_name="tickets")
    number = models.PositiveSmallIntegerField(_("nomor urut"))
    names = models.CharField(_("nama"), max_length=300)
    is_blank = models.BooleanField(default=False)
    """The empty column (kolom kosong) against a single ticket; nobody's name."""
    other_names = models.JSONField(default=list)
    """Short forms and slogans by which people mean this ticket. The check of texts tells them
    apart: words that are no part of the names are a slogan."""
    confidence = models.CharField(_("keyakinan"), max_length=12, choices=Confidence, blank=True)
    source = models.TextField(blank=True)
    note = models.TextField(blank=True)
    note_en = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["election", "number"], name="ticket_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.names}"

    @property
    def remark(self) -> str:
        return _in_language(self.note, self.note_en)


class DemoDay(models.Model):
    """How many days the demonstration's clock is ahead of the real one. At most one row.

    Read by ``today.now`` when the installation is a demonstration, and by nothing otherwise.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    days_ahead = models.IntegerField(default=0)
    changed_by = models.ForeignKey("people.Account", models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="demo_day_single")]

    def __str__(self) -> str:
        return f"{self.days_ahead:+d}"
