"""What ``netral log --help`` says, in Indonesian; see ``indonesian.py``."""

from __future__ import annotations

ABOUT = """\
The log that nobody can change unnoticed.

verify, recount and witness run anywhere, without an installation or a database; verify and recount
without a network as well. The others look at the log of this installation.

examples:
  netral log verify tanda-terima.pdf --key keys.txt             keys.txt is on the /log/ page
  netral log recount daftar-7K3M.txt --key keys.txt             the count of a pledge, once more
  netral log witness --name inspektorat.contoh.go.id            makes the witness's own key
  netral log witness https://netral.contoh.go.id/log/ --key …   vouch once; --every 3600: go on
  netral log fsck                                               make everything anew and compare
  netral log fsck --lang en                                     the same, said in English
"""

AS_A_WITNESS = """\
Another office's log says that it only ever grows. A witness finds out, and signs that it is so.

  1. netral log witness --name saksi.kantor-anda.go.id
     Once. Prints your public key: send it to the office that runs the log.
  2. netral log witness https://netral.contoh.go.id/log/ --key keys.txt
     The first look. keys.txt is on the log's /log/ page; compare it with what the office announced.
  3. netral log witness https://netral.contoh.go.id/log/ --every 3600
     From now on. The key is remembered.

Exit code 0: vouched for. 1: could not be done now; nothing is wrong with the log by that alone.
3: the log contradicts itself; nothing was signed, and both statements are kept as evidence."""

HELP = {
    ABOUT: """\
Log yang tidak dapat diubah diam-diam.

verify, recount, dan witness berjalan di mana saja, tanpa instalasi dan tanpa basis data; verify dan
recount juga tanpa jaringan. Yang lain melihat log instalasi ini.

contoh:
  netral log verify tanda-terima.pdf --key keys.txt             keys.txt ada di halaman /log/
  netral log recount daftar-7K3M.txt --key keys.txt             jumlah satu ikrar, sekali lagi
  netral log witness --name inspektorat.contoh.go.id            membuat kunci saksi itu sendiri
  netral log witness https://netral.contoh.go.id/log/ --key …   menyaksikan sekali; --every 3600: terus
  netral log fsck                                               menghitung ulang semua dan membandingkan
  netral log fsck --lang en                                     yang sama, dalam bahasa Inggris
""",
    AS_A_WITNESS: """\
Log kantor lain menyatakan bahwa isinya hanya bertambah. Saksi memeriksanya, lalu menyegel bahwa itu benar.

  1. netral log witness --name saksi.kantor-anda.go.id
     Sekali saja. Mencetak kunci publik Anda: kirimkan kepada kantor pengelola log.
  2. netral log witness https://netral.contoh.go.id/log/ --key keys.txt
     Melihat untuk pertama kali. keys.txt ada di halaman /log/; bandingkan dengan yang diumumkan kantornya.
  3. netral log witness https://netral.contoh.go.id/log/ --every 3600
     Seterusnya. Kuncinya diingat.

Kode keluar 0: disaksikan. 1: belum dapat dilakukan sekarang; itu saja bukan tanda ada yang salah.
3: log bertentangan dengan dirinya; tidak ada yang disegel, dan kedua pernyataan disimpan sebagai bukti.""",
    "check a receipt or proof file, offline, anywhere": "memeriksa tanda terima atau berkas bukti, tanpa jaringan, di mana saja",
    "the proof file or the PDF that carries it; - reads a proof": "berkas bukti atau PDF yang memuatnya; - membaca satu bukti",
    "vouch that another office's log only ever grew": "menyaksikan bahwa log kantor lain hanya bertambah",
    "https://…/log/ or a folder with a copy of it": "https://…/log/ atau folder berisi salinannya",
    "public key of the log, or file": "kunci publik log, atau berkasnya",
    "public key of a witness": "kunci publik saksi",
    "of this witness, once, to make its key": "nama saksi ini, sekali, untuk membuat kuncinya",
    "folder with its key and what it has seen (default: %(default)s)": "folder kunci dan ingatannya (biasanya: %(default)s)",
    "go on, look again and again": "terus, melihat berulang-ulang",
    "print the cosignature only": "hanya mencetak segel saksi",
    "count the signatures of a ceremony again": "menghitung ulang tanda tangan satu ikrar",
    "lists of signatures, as downloaded": "daftar tanda tangan, seperti diunduh",
    "compare with the log: https://…/log/ or a folder with a copy": "membandingkan dengan log: https://…/log/ atau folder salinannya",
    "take in what is new, then print the checkpoint": "memasukkan yang baru, lalu mencetak segelnya",
    "print the proof file of an entry": "mencetak berkas bukti satu entri",
    "number of the entry, from 0": "nomor entri, mulai 0",
    "make everything anew from the entries and compare": "menghitung ulang semua dari entrinya dan membandingkan",
    "list every difference, those too that only follow from another": "menyebut setiap perbedaan, juga yang hanya akibat dari yang lain",
    "write missing or wrong tiles anew, if the entries make what was signed": "menulis ulang berkas pohon yang tidak ada atau salah, bila entrinya menghasilkan yang disegel",
    "copy the whole public log into a new folder": "menyalin seluruh log publik ke folder baru",
    "list, add or retire keys of the log and of witnesses": "menampilkan, menambah, atau menghentikan kunci log dan saksi",
    "a further key of this log": "kunci tambahan log ini",
    "destroy the private half of a key": "menghancurkan belahan rahasia satu kunci",
    "after a loss: go on under another name": "setelah kehilangan: lanjut dengan nama lain",
    "with --begin-anew: end a log that lacks nothing, for ever": "bersama --begin-anew: mengakhiri log yang tidak kurang apa pun, untuk selamanya",
    "take cosignatures of this key": "menerima segel dari kunci saksi ini",
    "take them no more": "tidak menerimanya lagi",
    "take in what is new until told to stop (netral run does it)": "memasukkan yang baru sampai dihentikan (netral run melakukannya)",
}
