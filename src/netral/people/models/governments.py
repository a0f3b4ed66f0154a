from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from netral.base.ids import new_id


class Government(models.Model):
    """A province, regency or city. Every other row of the register belongs to exactly one."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("Provinsi")
        REGENCY = "regency", _("Kabupaten")
        CITY = "city", _("Kota")

    class Zone(models.TextChoices):
        WIB = "Asia/Jakarta", "WIB"
        WITA = "Asia/Makassar", "WITA"
        WIT = "Asia/Jayapura", "WIT"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    level = models.CharField(_("tingkat"), max_length=10, choices=Level)
    name = models.CharField(_("nama"), max_length=200)
    short_name = models.CharField(_("nama pendek"), max_length=60, blank=True)
    region_code = models.CharField(_("kode wilayah"), max_length=8, unique=True)
    """Kemendagri code: ``64`` a province, ``64.02`` a regency or city."""
    time_zone = models.CharField(_("zona waktu"), max_length=20, choices=Zone, default=Zone.WIB)
    seat = models.CharField(_("tempat kedudukan"), max_length=100, blank=True)
    """The town named before the date of a letter."""
    letterhead = models.TextField(_("kop surat"), blank=True)
    """Lines under the name: address of the office, telephone, site."""
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
