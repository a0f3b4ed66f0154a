"""Versioned texts, ceremonies that read them, and every move of a ceremony."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from netral.base.ids import new_id
from netral.pledges.rules import levels


class PledgeText(models.Model):
    """A version of the pledge. Once somebody signed it, it never changes: a new version follows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    government = models.ForeignKey("people.Government", models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    title = models.CharField(_("judul"), max_length=200)
    opening = models.TextField(_("pembuka"), blank=True)
    points = models.JSONField(_("butir"))
    """List of sentences with variables such as ``{pemilihan}`` and ``{pemerintah}``."""
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

    class Accepts(models.TextChoices):
        """See ``rules.levels``. Paper is always taken; certified signatures will be one more."""

        ACCOUNT = levels.ACCOUNT, _("akun atau slip")
        PREFERRED = levels.PREFERRED, _("kunci sandi bila ada; selain itu akun atau slip")
        PASSKEY = levels.PASSKEY, _("kunci sandi saja")

    class After(models.TextChoices):
        FIGURES = "figures", _("hasil")
        THANKS = "thanks", _("terima kasih")
        PHOTO = "photo", _("foto bersama")

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
    accepts = models.CharField(
        _("bukti yang diterima"),
        max_length=16,
        choices=Accepts,
        default=Accepts.ACCOUNT,
        db_default=levels.ACCOUNT,
    )
    """What a signature on the phone must stand on. The database keeps it once signing opened."""
    wording = models.JSONField()
    """The text with its variables filled in: what is read, shown and signed. Made anew with each
    edit while planned; never changes from the start of the reading on."""
    wording_digest = models.CharField(max_length=64)
    """SHA-256 of ``wording`` as canonical JSON; every signature repeats it."""
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    point_being_read = models.PositiveSmallIntegerField(default=0)
    """Index into ``rules.wording.stops``: the opening, each point, the closing."""
    after = models.CharField(
        max_length=8, choices=After, default=After.FIGURES, db_default="figures"
    )
    """What the wall shows once the signing is closed."""
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
                condition=Q(accepts__in=["account", "preferred", "passkey"]),
                name="ceremony_known_evidence",
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
            models.CheckConstraint(
                condition=Q(after="figures") | Q(state="closed", after__in=["thanks", "photo"]),
                name="ceremony_thanks_when_closed",
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
