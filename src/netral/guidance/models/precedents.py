from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from netral.base.ids import new_id

NUMBERED = ("published", "flagged", "withdrawn")


class Consultation(models.Model):
    """A question to the legal reviewers, its answer, and the precedent the answer becomes.

    The question as it was sent, and the circumstances, are personal; they are erased some time
    after the answer. What stays public is ``question`` as the drafter wrote it, without a person.
    """

    class Source(models.TextChoices):
        ASK = "ask", _("halaman tanya")
        EVENT = "event", _("kegiatan")
        OFFICER = "officer", _("petugas")

    class State(models.TextChoices):
        WAITING = "waiting", _("menunggu ditelaah")
        DRAFT = "draft", _("sedang dijawab")
        REVIEW = "review", _("menunggu penelaah kedua")
        PUBLISHED = "published", _("terbit")
        FLAGGED = "flagged", _("sedang ditinjau ulang")
        WITHDRAWN = "withdrawn", _("dicabut")
        REFERRED = "referred", _("sudah ada jawabannya")
        DECLINED = "declined", _("tidak dijawab")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    government = models.ForeignKey("people.Government", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    source = models.CharField(max_length=8, choices=Source)
    event = models.CharField(_("kegiatan"), max_length=200, blank=True)
    sent_text = models.TextField(blank=True)
    circumstances = models.TextField(blank=True)
    asker = models.ForeignKey(
        "people.Account", models.SET_NULL, null=True, related_name="consultations"
    )
    receipt = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 (unique)
    """Keyed hash of the code that shows the state without an account."""
    wants_opinion = models.BooleanField(default=False)
    notify = models.EmailField(blank=True)
    """Where to say that there is an answer, if the sender wished; emptied once it was said."""
    received_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    """First answer, reference or refusal; from here the time runs after which texts are erased."""
    erased_at = models.DateTimeField(null=True)

    question = models.TextField(_("pertanyaan"), blank=True)
    answer = models.TextField(_("jawaban"), blank=True)
    act = models.CharField(_("perbuatan"), max_length=60, blank=True)
    facts = models.JSONField(default=dict)
    outcome = models.CharField(max_length=24, blank=True)
    basis = models.JSONField(default=list)
    """Pairs of each cited provision's id and the digest of what it said (``rules.cited``), in the
    order they are cited. Pairs, because PostgreSQL puts the keys of an object into its own order.
    """
    law_version = models.CharField(max_length=12, blank=True)
    law_day = models.DateField(null=True)
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    drafted_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    notice = models.TextField(blank=True)
    """Why it is being looked at again, or why it was withdrawn; shown to everybody."""
    withdrawn_at = models.DateTimeField(null=True)
    same_as = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    search_words = models.TextField(blank=True)
    """Roots of the words of a published precedent, each between spaces."""

    class Meta:
        verbose_name = _("preseden")
        ordering = ["-received_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["government", "year", "number"], name="precedent_number_once"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("drafted_by")),
                name="precedent_second_person",
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        state__in=NUMBERED, number__isnull=False, year__isnull=False,
                        published_at__isnull=False, drafted_by__isnull=False,
                        reviewed_by__isnull=False, closed_at__isnull=False,
                    )
                    | (~Q(state__in=NUMBERED) & Q(number=None, published_at=None, reviewed_by=None))
                ),
                name="precedent_published_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at=None)),
                name="precedent_withdrawn_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="referred", same_as__isnull=False)
                | (~Q(state="referred") & Q(same_as=None)),
                name="consultation_referred_to_one",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None)
                | Q(sent_text="", circumstances="", asker=None, notify=""),
                name="consultation_erased_is_empty",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["draft", "review"]) | Q(drafted_by__isnull=False),
                name="consultation_draft_has_a_drafter",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["government", "state"], name="consultation_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}" if self.number else str(self.pk)

    @property
    def provisions(self) -> dict[str, str]:
        """Id of each cited provision to its digest, in the order they are cited."""
        return dict(self.basis)


class ConsultationStep(models.Model):
    """Who moved a consultation from which state to which, and when. Written once."""

    id = models.BigAutoField(primary_key=True)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="steps")
    move = models.CharField(max_length=12)
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10)
    reason = models.CharField(_("alasan"), max_length=500, blank=True)
    actor = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    """Empty for what the program does by itself, and for the sending by the asker."""
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.move} {self.at:%Y-%m-%d}"
