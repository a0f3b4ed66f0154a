"""Addresses of people: the register, its units and imports; accounts stand beside."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from netral.people import account_urls
from netral.people.views import (
    imports_audit,
    imports_deeds,
    imports_import,
    imports_list,
    recovering,
    register_edit,
    register_government,
    register_list,
    register_person,
    units_edit,
    units_tree,
)

app_name = "people"
_person, _unit = "pegawai/<uuid:person>/", "unit/<uuid:unit>/"
_import = "impor/<uuid:source>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("pegawai/", register_list.register, name="register"),
    path("pegawai/baru", register_list.register_new, name="register_new"),
    re_path(
        r"^pegawai/unduh\.(?P<kind>xlsx|csv)$",
        register_list.register_export,
        name="register_export",
    ),
    path(_person, register_person.register_person, name="register_person"),
    path(f"{_person}ubah", register_edit.register_facts, name="register_facts"),
    path(f"{_person}penempatan", register_edit.register_posting, name="register_posting"),
    path(f"{_person}berhenti", register_edit.register_leave, name="register_leave"),
    path(f"{_person}hapus", register_edit.register_erase, name="register_erase"),
    path(f"{_person}pulihkan", recovering.register_recover, name="register_recover"),
    path(f"{_person}nomor", register_edit.register_number, name="register_number"),
    path(f"{_person}gabung", register_edit.register_merge, name="register_merge"),
    path(
        f"{_person}gabung/<uuid:other>",
        register_edit.register_merge_confirm,
        name="register_merge_confirm",
    ),
    path("unit/", units_tree.units, name="units"),
    path("unit/baru", units_edit.units_new, name="units_new"),
    path(_unit, units_tree.units_unit, name="units_unit"),
    path("unit/<uuid:parent>/baru", units_edit.units_new, name="units_new_below"),
    path(f"{_unit}nama", units_edit.units_rename, name="units_rename"),
    path(f"{_unit}pindah", units_edit.units_move, name="units_move"),
    path(f"{_unit}tutup", units_edit.units_close, name="units_close"),
    path(f"{_unit}buka", units_edit.units_reopen, name="units_reopen"),
    path(f"{_unit}kepala", units_edit.units_head, name="units_head"),
    path(f"{_unit}kepala/akhiri", units_edit.units_end_head, name="units_end_head"),
    path("impor/", imports_list.imports, name="imports"),
    path("impor/angka/", imports_audit.imports_figures, name="imports_figures"),
    path("impor/baru", imports_list.imports_new, name="imports_new"),
    path(_import, imports_import.imports_import, name="imports_import"),
    path(f"{_import}kemajuan", imports_import.imports_progress, name="imports_progress"),
    path(f"{_import}kolom", imports_deeds.imports_columns, name="imports_columns"),
    path(f"{_import}keputusan", imports_deeds.imports_decide, name="imports_decide"),
    path(f"{_import}unit", imports_deeds.imports_units, name="imports_units"),
    path(f"{_import}terapkan", imports_deeds.imports_confirm, name="imports_confirm"),
    path(f"{_import}buang", imports_deeds.imports_discard, name="imports_discard"),
    path(f"{_import}batalkan", imports_deeds.imports_undo, name="imports_undo"),
    path(f"{_import}masalah.xlsx", imports_deeds.imports_problems, name="imports_problems"),
    path(f"{_import}id-lokal.xlsx", imports_deeds.imports_local_ids, name="imports_local_ids"),
    path("pemerintah/", register_government.government, name="government"),
    path("pemerintah/baru", register_government.new_government, name="government_new"),
    *account_urls.urlpatterns,
]
