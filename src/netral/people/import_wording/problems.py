"""What is the matter with a row or a cell, and its remedy."""

from __future__ import annotations

from django.utils.translation import gettext_noop

PROBLEM: dict[str, tuple[str, str]] = {
    "number_lost_digits": (
        gettext_noop(
            "NIP pernah tersimpan sebagai bilangan, sehingga tiga angka terakhirnya hilang."
        ),
        gettext_noop("Ekspor ulang dengan kolom NIP berformat teks."),
    ),
    "number_wrong_length": (
        gettext_noop("NIP tidak terdiri atas 18 angka."),
        gettext_noop("Perbaiki NIP di berkas; NIP lama 9 angka tidak dipakai."),
    ),
    "number_is_nik": (
        gettext_noop("Kolom NIP berisi 16 angka seperti NIK."),
        gettext_noop("Isi dengan NIP atau NI PPPK; Netral tidak menyimpan NIK."),
    ),
    "number_not_digits": (
        gettext_noop("NIP berisi tanda selain angka."),
        gettext_noop("Tulis 18 angka saja; kosongkan untuk non-ASN."),
    ),
    "number_twice_in_file": (
        gettext_noop(
            "NIP ini sudah dipakai di %(first)s; baris itu yang dibaca, yang ini dilewati."
        ),
        gettext_noop("Hapus baris ini bila ganda, atau perbaiki NIP yang salah."),
    ),
    "local_id_twice_in_file": (
        gettext_noop(
            "ID lokal ini sudah dipakai di %(first)s; baris itu yang dibaca, yang ini dilewati."
        ),
        gettext_noop("Hapus baris ini bila ganda, atau perbaiki ID lokal yang salah."),
    ),
    "local_id_unknown": (
        gettext_noop("ID lokal ini tidak ada di register."),
        gettext_noop("Perbaiki ID-nya, atau kosongkan agar pegawai dicocokkan menurut nama."),
    ),
    "local_id_malformed": (
        gettext_noop("ID lokal ini salah tulis."),
        gettext_noop("Salin ID dari ekspor Netral, misalnya N64-7K3M9Q2, atau kosongkan."),
    ),
    "person_twice_in_file": (
        gettext_noop(
            "Pegawai yang sama sudah disebut di %(first)s; baris itu yang dibaca, yang ini "
            "dilewati."
        ),
        gettext_noop("Hapus baris ini bila ganda."),
    ),
    "identifiers_disagree": (
        gettext_noop("NIP dan ID lokal di baris ini milik dua orang yang berbeda."),
        gettext_noop("Perbaiki salah satunya."),
    ),
    "name_missing": (gettext_noop("Nama kosong."), gettext_noop("Isi nama pegawai.")),
    "unit_missing": (
        gettext_noop("Unit kerja kosong, padahal pegawai ini belum mempunyai unit."),
        gettext_noop("Isi unit kerjanya."),
    ),
    "unit_office_only": (
        gettext_noop(
            "Baris ini hanya menyebut perangkat daerahnya; pegawai tetap di unitnya yang sekarang."
        ),
        gettext_noop("Isi nama unitnya bila ia memang pindah ke unit lain."),
    ),
    "unit_ambiguous": (
        gettext_noop("Ada lebih dari satu unit dengan nama ini."),
        gettext_noop("Isi juga unit induknya atau ID UNOR."),
    ),
    "unit_kept": (
        gettext_noop(
            "Ada lebih dari satu unit dengan nama ini; pegawai tetap di unitnya yang sekarang."
        ),
        gettext_noop("Isi juga unit induknya atau ID UNOR bila ia memang pindah."),
    ),
    "number_needed": (
        gettext_noop("PNS, CPNS, dan PPPK harus mempunyai NIP atau NI PPPK."),
        gettext_noop("Isi nomornya, atau perbaiki statusnya bila ia non-ASN."),
    ),
    "formula_without_value": (
        gettext_noop("Sel berisi rumus yang belum dihitung atau gagal."),
        gettext_noop("Salin kolomnya lalu tempel sebagai nilai, dan simpan ulang."),
    ),
    "formula_text": (
        gettext_noop("Sel berisi rumus, bukan nilai."),
        gettext_noop("Salin kolomnya lalu tempel sebagai nilai, dan simpan ulang."),
    ),
    "formula_ignored": (
        gettext_noop("Sel berisi rumus atau kesalahan rumus; nilainya tidak dipakai."),
        gettext_noop("Salin kolomnya lalu tempel sebagai nilai bila isinya diperlukan."),
    ),
    "unit_without_name": (
        gettext_noop("Unit tanpa nama."),
        gettext_noop("Isi nama unitnya atau hapus barisnya."),
    ),
    "unit_twice_in_file": (
        gettext_noop("ID UNOR ini sudah ada di baris lain."),
        gettext_noop("Hapus salah satu barisnya."),
    ),
    "unit_parent_unknown": (
        gettext_noop("Unit atasannya tidak ada di berkas maupun di register."),
        gettext_noop("Sertakan unit atasannya atau perbaiki ID-nya."),
    ),
    "unit_in_a_ring": (
        gettext_noop("Unit ini berada di bawah dirinya sendiri."),
        gettext_noop("Perbaiki unit atasannya."),
    ),
    "birth_not_in_number": (
        gettext_noop("Tanggal lahir tidak sama dengan 8 angka pertama NIP."),
        gettext_noop("Cocokkan dengan SK; baris ini tetap dipakai."),
    ),
    "start_not_in_number": (
        gettext_noop("TMT CPNS tidak sama dengan angka ke-9 sampai ke-14 NIP."),
        gettext_noop("Cocokkan dengan SK; baris ini tetap dipakai."),
    ),
    "pppk_year_not_in_number": (
        gettext_noop("Tahun TMT PPPK tidak sama dengan angka ke-9 sampai ke-12 NI PPPK."),
        gettext_noop("Cocokkan dengan SK; baris ini tetap dipakai."),
    ),
    "gender_not_in_number": (
        gettext_noop("Jenis kelamin tidak sama dengan angka ke-15 NIP."),
        gettext_noop("Cocokkan dengan SK; baris ini tetap dipakai."),
    ),
    "number_birth_invalid": (
        gettext_noop("Delapan angka pertama NIP bukan tanggal."),
        gettext_noop("Periksa NIP-nya; baris ini tetap dipakai."),
    ),
    "number_month_invalid": (
        gettext_noop("Angka ke-13 dan ke-14 NIP bukan bulan."),
        gettext_noop("Periksa NIP-nya; baris ini tetap dipakai."),
    ),
    "number_gender_invalid": (
        gettext_noop("Angka ke-15 NIP bukan 1 atau 2."),
        gettext_noop("Periksa NIP-nya; baris ini tetap dipakai."),
    ),
    "number_too_young": (
        gettext_noop("Menurut NIP ia diangkat sebelum berumur 17 tahun."),
        gettext_noop("Periksa NIP-nya; baris ini tetap dipakai."),
    ),
    "number_in_future": (
        gettext_noop("Menurut NIP ia baru diangkat di masa depan."),
        gettext_noop("Periksa NIP-nya; baris ini tetap dipakai."),
    ),
    "number_former": (
        gettext_noop("Nomor ini nomor lama; nomornya sekarang %(now)s."),
        gettext_noop("Perbarui nomor di data asal; pegawainya tetap dikenali."),
    ),
    "status_number_disagree": (
        gettext_noop("Bentuk nomor tidak sesuai dengan statusnya."),
        gettext_noop("Periksa status dan nomornya; baris ini tetap dipakai."),
    ),
    "status_unknown": (
        gettext_noop("Status pegawai tidak dikenal; status diambil dari bentuk nomornya."),
        gettext_noop("Tulis PNS, CPNS, PPPK, PPPK Paruh Waktu, atau Non-ASN."),
    ),
    "date_unreadable": (
        gettext_noop("Tanggal tidak terbaca dan tidak dipakai."),
        gettext_noop("Tulis misalnya 01-02-1985 (hari-bulan-tahun)."),
    ),
    "date_unlikely": (
        gettext_noop("Tanggal di luar jangkauan yang masuk akal dan tidak dipakai."),
        gettext_noop("Periksa tahunnya."),
    ),
    "grade_unknown": (
        gettext_noop("Golongan tidak dikenal dan tidak dipakai."),
        gettext_noop("Tulis misalnya III/a untuk PNS atau IX untuk PPPK."),
    ),
    "grade_not_of_status": (
        gettext_noop("Golongan tidak sesuai dengan statusnya dan tidak dipakai."),
        gettext_noop("Periksa golongan dan statusnya."),
    ),
    "email_malformed": (
        gettext_noop("Alamat email salah tulis dan tidak dipakai."),
        gettext_noop("Perbaiki alamatnya."),
    ),
    "phone_malformed": (
        gettext_noop("Nomor HP salah tulis dan tidak dipakai."),
        gettext_noop("Tulis satu nomor, 8 sampai 15 angka."),
    ),
    "too_long": (
        gettext_noop("Isi sel terlalu panjang dan dipotong menjadi %(longest)s huruf."),
        gettext_noop("Persingkat isinya."),
    ),
    "level_unknown": (
        gettext_noop("Jenjang jabatan tidak jelas; dicatat sebagai lainnya."),
        gettext_noop("Isi eselon atau jenis jabatannya."),
    ),
    "unit_new": (
        gettext_noop("Unit ini belum ada dan akan dibuat."),
        gettext_noop("Periksa ejaannya; unit yang mirip: %(similar)s."),
    ),
    "unit_closed": (
        gettext_noop("Unit ini sudah ditutup."),
        gettext_noop("Buka kembali unitnya atau isi unit yang lain."),
    ),
    "unit_still_has_people": (
        gettext_noop(
            "Unit ini tidak tercantum, tetapi masih berisi %(people)s pegawai, antara lain %(who)s."
        ),
        gettext_noop("Pindahkan dahulu pegawainya; sampai itu unit ini dibiarkan terbuka."),
    ),
    "unit_still_has_units": (
        gettext_noop(
            "Unit ini tidak tercantum, tetapi di bawahnya ada %(units)s unit yang masih terpakai."
        ),
        gettext_noop("Pindahkan dahulu unit di bawahnya; sampai itu unit ini dibiarkan terbuka."),
    ),
    "left_unknown": (
        gettext_noop("Menurut kedudukan hukumnya ia sudah berhenti, dan ia tidak ada di register."),
        gettext_noop("Tidak perlu apa-apa; baris ini dilewati."),
    ),
    "sheet_skipped": (
        gettext_noop("Lembar ini tidak berisi tabel yang diminta dan dilewati."),
        gettext_noop("Periksa judul kolomnya bila lembar ini seharusnya dibaca."),
    ),
    "header_unknown": (
        gettext_noop("Judul kolom ini tidak dikenal; isinya tidak dibaca."),
        gettext_noop("Cocokkan kolomnya bila isinya diperlukan."),
    ),
    "row_outside_table": (
        gettext_noop("Baris ini berada di luar tabel dan dilewati."),
        gettext_noop("Periksa bila baris ini seharusnya dibaca."),
    ),
    "row_is_total": (
        gettext_noop("Baris ini jumlah di bawah tabel, bukan pegawai atau unit, dan dilewati."),
        gettext_noop("Tidak perlu apa-apa."),
    ),
    "same_name_in_unit": (
        gettext_noop("Lebih dari satu orang di unit ini bernama sama."),
        gettext_noop("Pilih orangnya, atau nyatakan sebagai orang baru."),
    ),
    "same_name_numbered": (
        gettext_noop("Orang bernama sama di unit ini sudah tercatat dengan nomor."),
        gettext_noop("Pilih orangnya, atau nyatakan sebagai orang baru."),
    ),
    "same_name_in_file": (
        gettext_noop("Nama ini sudah ada di unit yang sama di berkas ini."),
        gettext_noop("Nyatakan sebagai orang lain, atau lewati bila baris ini ganda."),
    ),
    "same_name_elsewhere": (
        gettext_noop("Orang bernama sama ada di unit lain dan tidak disebut di berkas ini."),
        gettext_noop("Pilih orang itu bila ia pindah, atau nyatakan sebagai orang baru."),
    ),
    "number_given": (
        gettext_noop("Di unit ini ada orang bernama sama yang belum mempunyai nomor."),
        gettext_noop("Pilih orang itu bila ia kini mendapat nomor, atau nyatakan orang baru."),
    ),
    "number_changed": (
        gettext_noop("Ada orang dengan nama dan tanggal lahir yang sama tetapi nomornya lain."),
        gettext_noop("Pilih orang itu bila nomornya berganti, atau nyatakan orang baru."),
    ),
}
