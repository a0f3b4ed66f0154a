"""Why an import came to rest as a whole, and what to do."""

from __future__ import annotations

from django.utils.translation import gettext_noop

FILE: dict[str, str] = {
    "empty": gettext_noop("Berkas ini kosong. Pilih berkas yang berisi data, lalu unggah lagi."),
    "encrypted": gettext_noop(
        "Berkas ini dilindungi kata sandi. Buka di Excel, hapus kata sandinya lewat Berkas > Info "
        "> Proteksi Buku Kerja, simpan, lalu unggah lagi."
    ),
    "old_excel": gettext_noop(
        "Berkas ini berformat Excel lama (.xls). Buka di Excel, pilih Simpan Sebagai > Buku Kerja "
        "Excel (.xlsx), lalu unggah lagi."
    ),
    "open_document": gettext_noop(
        "Berkas ini berformat OpenDocument (.ods). Simpan sebagai Excel (.xlsx) atau CSV, lalu "
        "unggah lagi."
    ),
    "web_page": gettext_noop(
        "Berkas ini halaman web yang diberi nama lembar kerja. Buka di Excel, simpan sebagai Excel "
        "(.xlsx), lalu unggah lagi."
    ),
    "not_a_spreadsheet": gettext_noop(
        "Berkas ini bukan lembar kerja. Unggah berkas Excel (.xlsx) atau CSV."
    ),
    "damaged": gettext_noop(
        "Berkas ini rusak atau terpotong. Buka di Excel, simpan ulang, lalu unggah lagi."
    ),
    "bomb": gettext_noop(
        "Berkas ini membengkak menjadi %(megabytes)s MB saat dibuka, jauh di luar ukuran register. "
        "Salin barisnya ke buku kerja baru, lalu unggah lagi."
    ),
    "too_much_memory": gettext_noop(
        "Berkas ini terlalu besar untuk dibaca lewat laman. Simpan sebagai CSV, atau minta "
        "pengelola server mengimpornya lewat baris perintah."
    ),
    "too_slow": gettext_noop(
        "Berkas ini terlalu lama dibaca. Simpan sebagai CSV, atau bagi menjadi beberapa berkas, "
        "lalu unggah lagi."
    ),
    "too_many_columns": gettext_noop(
        "Lembar ini mempunyai %(columns)s kolom. Hapus kolom kosong di sebelah kanan tabel, lalu "
        "unggah lagi."
    ),
    "no_table": gettext_noop(
        "Tidak ada lembar dengan baris judul kolom yang dikenal, misalnya NAMA dan NIP. Periksa "
        "apakah berkasnya benar, lalu unggah lagi."
    ),
    "units_expected": gettext_noop(
        "Berkas ini berisi daftar pegawai, bukan pohon unit. Pilih isi berkas yang sesuai, lalu "
        "unggah lagi."
    ),
    "staff_expected": gettext_noop(
        "Berkas ini berisi pohon unit, bukan daftar pegawai. Pilih isi berkas 'pohon unit', lalu "
        "unggah lagi."
    ),
    "stopped": gettext_noop(
        "Pembacaan berkas terhenti. Simpan ulang berkasnya di Excel atau sebagai CSV, lalu unggah "
        "lagi."
    ),
    "gone": gettext_noop("Berkas unggahan sudah tidak ada. Unggah sekali lagi."),
    # An import that came to rest for another reason than its file.
    "not_mapped_in_time": gettext_noop(
        "Kolomnya tidak dipetakan dalam 3 hari, sehingga berkasnya dihapus. Unggah sekali lagi."
    ),
    "mapping_remembered": gettext_noop(
        "Pemetaan kolom disimpan, tetapi berkasnya sudah dihapus. Unggah berkasnya sekali lagi; "
        "ia langsung dibaca dengan pemetaan itu."
    ),
    "register_keeps_changing": gettext_noop(
        "Register terus berubah selama impor ini diterapkan. Tidak ada yang diubah; coba lagi."
    ),
    "register_changed": gettext_noop(
        "Register berubah sejak pratinjau ini dibuat. Periksa angka yang baru, lalu setujui lagi."
    ),
    "tree_changed": gettext_noop(
        "Pohon unit berubah sejak pratinjau ini dibuat. Unggah berkasnya sekali lagi."
    ),
    "built_upon": gettext_noop(
        "Impor ini tidak dapat lagi ditarik kembali karena sudah ada yang memakai hasilnya."
    ),
}
