"""Signatures, and the paper some of them stand on."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from netral.base.ids import new_id


class Signature(models.Model):
    """One person's signature under one ceremony's text. Written once, never changed or dropped."""

    class Evidence(models.TextChoices):
        ACCOUNT = "account", _("akun yang sudah diaktifkan")
        SLIP = "slip", _("kode pada slip perorangan")
        PASSKEY = "passkey", _("kunci sandi (sidik jari, wajah, atau PIN ponsel)")
        PAPER = "paper", _("tanda tangan di kertas")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    ceremony = models.ForeignKey("pledges.Ceremony", models.PROTECT, related_name="signatures")
    election = models.ForeignKey(
        "elections.Election", models.PROTECT, related_name="+", db_index=False
    )
    text = models.ForeignKey("pledges.PledgeText", models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    wording_digest = models.CharField(max_length=64)
    """Of the words the person had before them, variables filled in."""
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", db_index=False)
    """Where the person worked on the day of signing; the wall counts by it."""
    status = models.CharField(max_length=16)
    position_level = models.CharField(max_length=16)
    signed_at = models.DateTimeField()
    """What the sheet or the phone's clock says (``rules.arrivals``), else the server's time."""
    recorded_at = models.DateTimeField()
    """The server's time at which the row was written."""
    evidence = models.CharField(max_length=16, choices=Evidence)
    """Certified signatures (BSrE) will be one more kind; the column has room for its name."""
    assertion = models.TextField(default="", db_default="", blank=True)
    """What the passkey signed and how to check it (``tlog.assertions``); empty for other kinds."""
    receipt_code = models.CharField(max_length=20, unique=True)
    """Ten characters of 32, written ``XXXXX-XXXXX`` (:mod:`rules.codes`); anyone can check it."""
    counts_for_coverage = models.BooleanField()
    """The person's first signature for this election; the others change no figure. The database
    takes one for each person, election and turn (migration 0012)."""
    turn = models.PositiveSmallIntegerField(default=0, db_default=0)
    """How many of the person's signatures for this election had been withdrawn by then. Whoever
    was entered from paper by mistake can still sign, and nobody signs twice."""
    after_closing = models.BooleanField(default=False, db_default=False)
    """Given while signing was open, by the phone's claim, and arrived when it had been closed."""
    paper = models.ForeignKey(
        "PaperSheet", models.PROTECT, null=True, related_name="signatures", db_index=False
    )
    entered_by = models.ForeignKey(
        "people.Account", models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = _("tanda tangan ikrar")
        constraints = [
            # The person first: it also finds what somebody has signed.
            models.UniqueConstraint(fields=["person", "ceremony", "turn"], name="signature_once"),
            models.CheckConstraint(
                condition=Q(evidence="paper", paper__isnull=False, entered_by__isnull=False)
                | (~Q(evidence="paper") & Q(paper=None, entered_by=None)),
                name="signature_paper_has_its_sheet",
            ),
            models.CheckConstraint(
                condition=(Q(evidence="passkey") & ~Q(assertion=""))
                | (~Q(evidence="passkey") & Q(assertion="")),
                name="signature_passkey_has_its_assertion",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__lte=F("recorded_at")), name="signature_not_ahead_of_time"
            ),
            models.CheckConstraint(
                condition=Q(after_closing=False) | Q(paper=None),
                name="signature_after_closing_by_phone",
            ),
        ]
        # A hall waits for each of them: no index that another serves or that nobody asks. Keys
        # that come in no order (a person, a code) are the dear ones: a page for each signature.
        indexes = [
            models.Index(
                fields=["paper"], condition=Q(paper__isnull=False), name="signature_by_sheet"
            ),
            models.Index(
                fields=["entered_by"],
                condition=Q(entered_by__isnull=False),
                name="signature_by_officer",
            ),
        ]

    def __str__(self) -> str:
        return self.receipt_code

    @property
    def has_phone_time(self) -> bool:
        """Whether ``signed_at`` is a phone's claim, to be shown beside the time of arrival."""
        return not self.paper_id and self.signed_at != self.recorded_at

    @property
    def is_withdrawn(self) -> bool:
        return hasattr(self, "withdrawal")


class SignatureWithdrawal(models.Model):
    """A paper signature that was entered by mistake no longer counts. Written once.

    The signature itself stays; figures, lists and the wall leave it out, and every page that
    still shows it says that it was withdrawn.
    """

    signature = models.OneToOneField(
        Signature, models.PROTECT, primary_key=True, related_name="withdrawal"
    )
    reason = models.CharField(_("alasan"), max_length=300)
    actor = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("pencabutan tanda tangan kertas")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="withdrawal_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.signature_id} {self.at:%Y-%m-%d}"


class ErasedSignature(models.Model):
    """Entry ``entry`` of the log was a signature of this ceremony; whose it was is gone.

    It names nobody and leads to nobody. It keeps the public recount whole (decision 0507).
    """

    entry = models.BigIntegerField(primary_key=True)
    ceremony = models.ForeignKey("pledges.Ceremony", models.PROTECT, related_name="+")
    withdrawn_by = models.BigIntegerField(null=True)
    """The entry that withdrew it, if one did."""

    class Meta:
        verbose_name = _("tanda tangan yang kaitannya dihapus")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_by=None) | Q(withdrawn_by__gt=F("entry")),
                name="erased_signature_withdrawn_later",
            )
        ]

    def __str__(self) -> str:
        return str(self.entry)


class PaperSheet(models.Model):
    """A scanned signature list, as an officer attached it."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        JPEG = "jpg", "JPEG"
        PNG = "png", "PNG"

    class TextCheck(models.TextChoices):
        """How it is known that the sheet bears the text of its ceremony."""

        NONE = "", _("naskah di lembar tidak diperiksa")
        CODE = "code", _("kode naskah di lembar cocok (disalin petugas)")
        COMPARED = "compared", _("naskah di lembar dibandingkan petugas kata demi kata")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    ceremony = models.ForeignKey("pledges.Ceremony", models.PROTECT, related_name="sheets")
    file = models.FileField(upload_to="pledges/sheets/")
    kind = models.CharField(max_length=4, choices=Kind)
    """What the first bytes of the file say, never what its name says."""
    digest = models.CharField(max_length=64)
    """SHA-256 of the scan."""
    in_log = models.BooleanField(default=True, db_default=False)
    """Whether each signature's entry in the log commits to ``digest``; not on older sheets. The
    database keeps what was written once (migration 0017)."""
    signed_at = models.DateTimeField(_("waktu penandatanganan"))
    """The day and time written on the sheet."""
    witness = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    second_witness = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    """Two of the government's staff who saw the names being written; empty on older sheets."""
    text_check = models.CharField(
        max_length=8, choices=TextCheck, default=TextCheck.NONE, db_default="", blank=True
    )
    """Empty on older sheets. The database keeps what was written once (migration 0015)."""
    uploaded_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("lembar tanda tangan")
        ordering = ["-uploaded_at"]
        constraints = [
            models.UniqueConstraint(fields=["ceremony", "digest"], name="paper_sheet_once"),
            models.CheckConstraint(
                condition=Q(witness=None, second_witness=None)
                | (
                    Q(witness__isnull=False, second_witness__isnull=False)
                    & ~Q(witness=F("second_witness"))
                ),
                name="paper_sheet_two_witnesses",
            ),
            models.CheckConstraint(
                condition=Q(text_check__in=["", "code", "compared"]),
                name="paper_sheet_known_text_check",
            ),
        ]

    def __str__(self) -> str:
        return self.digest[:12]


class SheetCorrection(models.Model):
    """The witnesses of a sheet had been named wrongly. Written once, never changed.

    The sheet itself says who vouches for it now; this says who was named before.
    """

    sheet = models.ForeignKey(PaperSheet, models.PROTECT, related_name="corrections")
    witness = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    second_witness = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("alasan"), max_length=300)
    actor = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("perbaikan saksi lembar")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="sheet_correction_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.at:%Y-%m-%d}"
