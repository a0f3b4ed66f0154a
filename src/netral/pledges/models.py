"""Texts, ceremonies, signatures and the kept counts behind the coverage page."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from netral.base.ids import new_id


class PledgeText(models.Model):
    """A version of the pledge. Once somebody signed it, it never changes: a new version follows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    government = models.ForeignKey("people.Government", models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    title = models.CharField(_("judul"), max_length=200)
    opening = models.TextField(_("pembuka"), blank=True)
    points = models.JSONField(_("butir"))
    """List of sentences with variables such as ``{election}`` and ``{government}``."""
    closing = models.TextField(_("penutup"), blank=True)
    digest = models.CharField(max_length=64)
    """SHA-256 of title, opening, points and closing as canonical JSON."""
    created_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("naskah ikrar")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["government", "version"], name="pledge_text_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.version}"


class Ceremony(models.Model):
    """The reading and signing of one text by the staff of some units."""

    class State(models.TextChoices):
        PLANNED = "planned", _("direncanakan")
        READING = "reading", _("pembacaan")
        SIGNING = "signing", _("penandatanganan dibuka")
        CLOSED = "closed", _("ditutup")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    government = models.ForeignKey("people.Government", models.PROTECT, related_name="+")
    election = models.ForeignKey("elections.Election", models.PROTECT, related_name="+")
    text = models.ForeignKey(PledgeText, models.PROTECT, related_name="ceremonies")
    title = models.CharField(_("nama ikrar"), max_length=200)
    leader = models.CharField(_("dipimpin oleh"), max_length=200)
    place = models.CharField(_("tempat"), max_length=200)
    planned_at = models.DateTimeField(_("waktu"))
    code = models.CharField(_("kode"), max_length=6, unique=True)
    """Short code on the wall, without letters that look alike."""
    units = models.ManyToManyField("people.Unit", related_name="+", blank=True)
    """Tops of the subtrees it covers; none means the whole government."""
    wording = models.JSONField()
    """The text with its variables filled in: what is read, shown and signed. Made anew with each
    edit while planned; never changes from the start of the reading on."""
    wording_digest = models.CharField(max_length=64)
    """SHA-256 of ``wording`` as canonical JSON; every signature repeats it."""
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    point_being_read = models.PositiveSmallIntegerField(default=0)
    """Index into ``rules.wording.stops``: the opening, each point, the closing."""
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("ikrar")
        ordering = ["-planned_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["planned", "reading", "signing", "closed"]),
                name="ceremony_known_state",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["signing", "closed"]) | Q(opened_at__isnull=False),
                name="ceremony_open_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None)),
                name="ceremony_closed_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CeremonyMove(models.Model):
    """Who moved a ceremony from which state to which, and when. Written once, never changed."""

    id = models.BigAutoField(primary_key=True)
    ceremony = models.ForeignKey(Ceremony, models.PROTECT, related_name="moves")
    move = models.CharField(max_length=16)
    before = models.CharField(max_length=8, choices=Ceremony.State)
    after = models.CharField(max_length=8, choices=Ceremony.State)
    reason = models.CharField(_("alasan"), max_length=300, blank=True)
    actor = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("langkah ikrar")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.move} {self.at:%Y-%m-%d %H:%M}"


class Signature(models.Model):
    """One person's signature under one ceremony's text. Written once, never changed or dropped."""

    class Evidence(models.TextChoices):
        ACCOUNT = "account", _("akun yang sudah diaktifkan")
        SLIP = "slip", _("kode pada slip perorangan")
        PAPER = "paper", _("tanda tangan di kertas")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    ceremony = models.ForeignKey(Ceremony, models.PROTECT, related_name="signatures")
    election = models.ForeignKey("elections.Election", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    text = models.ForeignKey(PledgeText, models.PROTECT, related_name="+")
    wording_digest = models.CharField(max_length=64)
    """Of the words the person had before them, variables filled in."""
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    """Where the person worked on the day of signing; the wall counts by it."""
    status = models.CharField(max_length=16)
    position_level = models.CharField(max_length=16)
    signed_at = models.DateTimeField()
    """For paper what the sheet says, else the server's time."""
    recorded_at = models.DateTimeField()
    """The server's time at which the row was written."""
    evidence = models.CharField(max_length=8, choices=Evidence)
    receipt_code = models.CharField(max_length=20, unique=True)
    """Ten characters of 32 (50 bits), written ``XXXXX-XXXXX``; anyone can check it."""
    counts_for_coverage = models.BooleanField()
    """The person's first signature for this election; the others change no figure."""
    paper = models.ForeignKey("PaperSheet", models.PROTECT, null=True, related_name="signatures")
    entered_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("tanda tangan ikrar")
        constraints = [
            models.UniqueConstraint(fields=["ceremony", "person"], name="signature_once"),
            models.UniqueConstraint(
                fields=["election", "person"],
                condition=Q(counts_for_coverage=True),
                name="signature_counts_once",
            ),
            models.CheckConstraint(
                condition=Q(evidence="paper", paper__isnull=False, entered_by__isnull=False)
                | (~Q(evidence="paper") & Q(paper=None, entered_by=None)),
                name="signature_paper_has_its_sheet",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__lte=F("recorded_at")), name="signature_not_ahead_of_time"
            ),
        ]
        indexes = [models.Index(fields=["ceremony", "unit"], name="signature_by_unit")]

    def __str__(self) -> str:
        return self.receipt_code


class PaperSheet(models.Model):
    """A scanned signature list, as an officer attached it."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        JPEG = "jpg", "JPEG"
        PNG = "png", "PNG"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    ceremony = models.ForeignKey(Ceremony, models.PROTECT, related_name="sheets")
    file = models.FileField(upload_to="pledges/sheets/")
    kind = models.CharField(max_length=4, choices=Kind)
    """What the first bytes of the file say, never what its name says."""
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField(_("waktu penandatanganan"))
    """The day and time written on the sheet."""
    uploaded_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("lembar tanda tangan")
        ordering = ["-uploaded_at"]
        constraints = [
            models.UniqueConstraint(fields=["ceremony", "digest"], name="paper_sheet_once")
        ]

    def __str__(self) -> str:
        return self.digest[:12]


class CoverageCount(models.Model):
    """Kept figures of one unit itself (not below it): staff and signers, per status and level.

    Kept in step inside the transactions that sign and that change the register. What has changed
    since it was last added up into :class:`CoverageTotal` is ``signed - folded_signed`` (and the
    same for staff), so a figure for a whole subtree is its total plus the few rows that still
    differ: always exact, and no row that every signature would have to wait for.
    """

    government = models.ForeignKey("people.Government", models.CASCADE, related_name="+")
    election = models.ForeignKey("elections.Election", models.CASCADE, related_name="+")
    unit = models.ForeignKey("people.Unit", models.CASCADE, related_name="+")
    status = models.CharField(max_length=16)
    position_level = models.CharField(max_length=16)
    staff = models.PositiveIntegerField(default=0)
    signed = models.PositiveIntegerField(default=0)
    folded_staff = models.PositiveIntegerField(default=0)
    folded_signed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["election", "unit", "status", "position_level"],
                name="coverage_count_once",
            ),
            models.CheckConstraint(
                condition=Q(signed__lte=F("staff")), name="coverage_signed_within_staff"
            ),
        ]
        indexes = [
            models.Index(
                fields=["government", "election"],
                condition=~Q(signed=F("folded_signed")) | ~Q(staff=F("folded_staff")),
                name="coverage_not_yet_folded",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.signed}/{self.staff}"


class CoverageTotal(models.Model):
    """The same figures for a unit with everything below it, as of the last fold."""

    government = models.ForeignKey("people.Government", models.CASCADE, related_name="+")
    election = models.ForeignKey("elections.Election", models.CASCADE, related_name="+")
    unit = models.ForeignKey("people.Unit", models.CASCADE, related_name="+")
    status = models.CharField(max_length=16)
    position_level = models.CharField(max_length=16)
    staff = models.IntegerField(default=0)
    signed = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["election", "unit", "status", "position_level"],
                name="coverage_total_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.signed}/{self.staff}"


class Reminder(models.Model):
    """A letter to a head of unit: so many of yours have not signed yet."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    government = models.ForeignKey("people.Government", models.PROTECT, related_name="+")
    election = models.ForeignKey("elections.Election", models.PROTECT, related_name="+")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    recipient = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=254, blank=True)
    missing = models.PositiveIntegerField()
    queued_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)

    class Meta:
        verbose_name = _("pengingat")
        ordering = ["-queued_at"]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.queued_at:%Y-%m-%d}"
