from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from netral.base.ids import new_id


class NameListView(models.Model):
    """An officer opened or exported a list of names. Everybody on it can see that it was opened.

    Sources: UU 27/2022 article 31 (record of processing) and article 7 (access).
    """

    id = models.BigAutoField(primary_key=True)
    actor = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    duty = models.CharField(max_length=12, blank=True)
    """The kind of duty under which it was opened; empty when there was none to name."""
    government = models.ForeignKey("people.Government", models.PROTECT, related_name="+")
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")
    """The top of the subtree whose names were shown; empty for the whole government."""
    what = models.CharField(max_length=60)
    """Which list: a short stable word such as ``pledges.missing``."""
    people = models.PositiveIntegerField()
    is_listed = models.BooleanField(default=False)
    """Whether ``shown`` says who was on it; else everybody under ``unit`` at that day was."""
    shown = models.ManyToManyField("people.Person", related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["government", "at"], name="name_list_by_government")]

    def __str__(self) -> str:
        return f"{self.what} {self.people}"


class DataRequest(models.Model):
    """A person asks for a correction, a restriction or objects; answered within 3×24 hours."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("Perbaikan data")
        RESTRICTION = "restriction", _("Penundaan atau pembatasan pemrosesan")
        OBJECTION = "objection", _("Keberatan")
        ERASURE = "erasure", _("Penghapusan")

    class State(models.TextChoices):
        OPEN = "open", _("menunggu jawaban")
        GRANTED = "granted", _("dikabulkan")
        REFUSED = "refused", _("ditolak dengan alasan")
        WITHDRAWN = "withdrawn", _("ditarik kembali")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    government = models.ForeignKey("people.Government", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="data_requests")
    kind = models.CharField(_("jenis permintaan"), max_length=12, choices=Kind)
    text = models.TextField(_("penjelasan"))
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answer = models.TextField(_("jawaban dan alasan"), blank=True)
    answered_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["granted", "refused"])
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="data_request_answer_has_reasons",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("asked_at")), name="data_request_due_after_asked"
            ),
        ]
        indexes = [models.Index(fields=["government", "state", "due_at"], name="data_request_open")]

    def __str__(self) -> str:
        return self.get_kind_display()


class ErasureProposal(models.Model):
    """One officer asks to erase somebody; another says yes or no. What was decided stays."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="erasure_proposals")
    reason = models.CharField(_("dasar penghapusan"), max_length=300)
    proposed_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    is_granted = models.BooleanField(null=True)
    refusal = models.CharField(max_length=500, blank=True)
    """Why not; whoever proposed it may also take it back, with a reason."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(decided_at=None), name="erasure_proposed_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="erasure_proposal_has_a_reason"),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None, is_granted=None, refusal="")
                | Q(decided_by__isnull=False, decided_at__isnull=False, refusal="")
                & Q(is_granted=True, is_granted__isnull=False)
                & ~Q(decided_by=F("proposed_by"))
                | Q(decided_by__isnull=False, decided_at__isnull=False)
                & Q(is_granted=False, is_granted__isnull=False)
                & ~Q(refusal=""),
                name="erasure_granted_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.proposed_at:%Y-%m-%d}"


class Erasure(models.Model):
    """Somebody's data were erased on their request or at the end of retention. Written once.

    ``actor`` is who agreed to it; who asked for it stands in the proposal that was granted.
    """

    person = models.OneToOneField(
        "people.Person", models.PROTECT, primary_key=True, related_name="erasure"
    )
    reason = models.CharField(_("dasar penghapusan"), max_length=300)
    actor = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="erasure_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.at:%Y-%m-%d}"
