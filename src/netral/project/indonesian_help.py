"""What ``netral --help`` and ``netral COMMAND --help`` say, in Indonesian.

``ABOUT`` is by command: the English is the docstring of the command's module.
"""

from __future__ import annotations

from netral.project.commands import AFTERWORD, EXAMPLES

HELP = {
    "Netral: the neutrality programme of an Indonesian government.": "Netral: program netralitas pegawai pemerintah.",
    "Usage: netral COMMAND [options]      netral COMMAND --help": "Cara pakai: netral PERINTAH [pilihan]      netral PERINTAH --help",
    "Examples:": "Contoh:",
    EXAMPLES.strip(): """\
netral run                              melayani di sini; salinan baru menampilkan peragaan
netral run --lan                        ponsel di jaringan yang sama dapat masuk; mencetak kode QR
netral ask "boleh gak like postingan calon?"
netral periksa "Ayo pilih nomor 2"
netral init --public-url https://netral.contoh.go.id
netral government 64.02 --name "Pemerintah Kabupaten Contoh"
netral admin --name "Nama Lengkap" --username admin.bkd --government 64.02
netral import pegawai.xlsx --government 64.02 --problems masalah.xlsx
netral backup /srv/cadangan/netral-$(date +%F).zip
netral move --to postgresql://netral@localhost/netral""",
    AFTERWORD: """\
Dari salinan kode, perintahnya .venv/bin/netral; make run memasangnya di sana.
netral PERINTAH --lang en berbahasa Inggris; dengan NETRAL_LANG=en semua perintah begitu.
Manual: docs/manual/id dan en. Setelan dibaca dari .env dan lingkungan.
Kode keluar: 0 selesai, 1 ditolak (satu kalimat menyebut sebabnya), 2 salah ketik, 70 rusak.""",
    "Serve": "Melayani",
    "Fill and look after the data": "Mengisi dan merawat data",
    "Background work": "Pekerjaan latar",
    "Look up": "Mencari tahu",
    "Serve Netral: pages, live updates and background work": "Melayani Netral: halaman, kabar langsung, dan pekerjaan latar",
    "Build the demonstration: an invented province of 18,000 people": "Membangun peragaan: provinsi rekaan dengan 18.000 orang",
    "Write the settings file of a real installation, with fresh secrets": "Menulis berkas setelan pemasangan sungguhan, dengan rahasia baru",
    "Say what is wrong with the settings, the database and the files": "Menyebut yang salah pada setelan, basis data, dan berkas",
    "Make a government: a province, regency or city": "Membuat pemerintah daerah: provinsi, kabupaten, atau kota",
    "Make the first administrator; prints a one-time claim link": "Membuat pengelola pertama; mencetak tautan sekali pakai",
    "Import a staff register or a unit tree (XLSX or CSV, any size)": "Mengimpor register pegawai atau pohon unit (XLSX atau CSV, ukuran bebas)",
    "Back up, then bring the database to this version": "Mencadangkan, lalu membawa basis data ke versi ini",
    "Write everything into one file, while Netral runs": "Menulis semuanya ke satu berkas, selagi Netral berjalan",
    "Bring everything back from such a file": "Memulihkan semuanya dari berkas itu",
    "Move from SQLite to PostgreSQL, all or nothing": "Pindah dari SQLite ke PostgreSQL, semua atau tidak sama sekali",
    "Run background jobs (netral run does this for you)": "Menjalankan pekerjaan latar (netral run melakukannya)",
    "Take the signatures of a whole hall (netral run does this for you)": "Menerima tanda tangan seisi aula (netral run melakukannya)",
    "Show waiting, running and failed jobs; try again or forget": "Menampilkan pekerjaan yang menunggu, berjalan, gagal; coba lagi atau lupakan",
    "The log nobody can change unnoticed: verify, witness, prove, look over": "Log yang tidak dapat diubah diam-diam: memeriksa, menyaksikan, membuktikan",
    "Check a text before it is posted: what may take a side, and why": "Memeriksa tulisan sebelum diunggah: apa yang dapat memihak, dan mengapa",
    "Ask in everyday words: may I …? Also a whole file of questions": "Bertanya sehari-hari: boleh tidak …? Juga satu berkas berisi pertanyaan",
    "Ask the law package from the command line": "Membaca hukumnya: aturan, penilaian, tenggat",
    "a file made by netral backup": "berkas buatan netral backup",
    "address in people's browsers: https://…": "alamat di peramban orang: https://…",
    "as on the letterhead": "seperti di kop surat",
    "region code, such as 64 or 64.02": "kode wilayah, seperti 64 atau 64.02",
    "default: 8001": "biasanya: 8001",
    "drop failed jobs": "membuang pekerjaan gagal",
    "full name": "nama lengkap",
    "hold it to production's rules": "dengan aturan untuk pemakaian sungguhan",
    "how many people (default: 18000)": "berapa orang (biasanya: 18000)",
    "in the place of what is here": "menggantikan yang ada di sini",
    "leave when nothing is ready": "selesai jika tidak ada yang siap",
    "let phones of the same network in (demonstration only)": "ponsel di jaringan yang sama dapat masuk (hanya peragaan)",
    "listen here (default: 127.0.0.1)": "menunggu di sini (biasanya: 127.0.0.1)",
    "listen on this address (default: 127.0.0.1)": "menunggu di alamat ini (biasanya: 127.0.0.1)",
    "make a personnel officer of this government instead": "sebagai petugas kepegawaian pemerintah daerah ini",
    "make all kept figures anew first": "menghitung ulang semua angka tersimpan dahulu",
    "on stopping, let work in hand finish for so long (default: 10)": "saat berhenti, pekerjaan di tangan diberi waktu sekian (biasanya: 10)",
    "only these, with commas (default: all)": "hanya ini, dengan koma (biasanya: semua)",
    "page processes (default: one per core)": "proses halaman (biasanya: satu per inti)",
    "people of a demonstration that is built now (default: 18000; 0: build none yet)": "jumlah orang peragaan yang dibangun sekarang (biasanya: 18000; 0: jangan dulu)",
    "port to listen on (default: 8000, or the port of an http:// NETRAL_PUBLIC_URL)": "porta (biasanya: 8000, atau porta dari NETRAL_PUBLIC_URL http://)",
    "postgresql://user@host/name (default: SQLite under var/)": "postgresql://pengguna@mesin/nama (biasanya: SQLite di var/)",
    "processes that read requests for the one that writes": "proses pembaca permintaan untuk satu proses penulis",
    "staff number, or a word for outsiders": "NIP atau nomor pegawai; untuk orang luar sebuah kata",
    "throw the demonstration away first": "membuang peragaan yang ada dahulu",
    "try failed jobs again, now": "mencoba lagi pekerjaan gagal, sekarang",
    "where to; must not be there yet": "berkas tujuan; belum boleh ada",
    "with TLS in front: where the proxy brings signatures (default: the next port)": "dengan TLS di depan: porta tempat proksi mengirim tanda tangan (biasanya: porta berikutnya)",
    "you made one yourself": "Anda sudah membuatnya sendiri",
}
ABOUT = {
    "run": """\
Melayani Netral: halaman, kabar langsung, dan pekerjaan latar dalam satu perintah.

Salinan yang belum diatur melayani peragaan di mesin ini; mulai pertama kali membangunnya. Pemasangan
sungguhan (netral init) diperiksa dahulu dan menolak mulai dengan setelan yang tidak aman; netral
check --production menyebut yang kurang. Ctrl-C atau SIGTERM menghentikan semuanya. Bila dijalankan
lagi, semua kembali dalam hitungan detik beserta isinya.

contoh:
  netral run
  netral run --lan              ponsel di jaringan yang sama; mencetak kode QR (hanya peragaan)
  netral run --port 8080 --workers 4
""",
    "demo": """\
Membangun peragaan: provinsi rekaan dengan 18.000 orang, selalu sama.

Registernya dibaca lewat impor yang sungguhan, satu atau dua menit. Mencetak cara masuk; netral run
lalu melayaninya (dan membangunnya sendiri di salinan yang belum diatur). Peragaan yang sudah ada
tetap seperti adanya. Ditolak di atas register sungguhan.

contoh:
  netral demo                  membangunnya, atau menampilkan akunnya sekali lagi
  netral demo --fresh          membuang peragaan dan membangunnya lagi
  netral demo --size 2000      yang kecil, dalam hitungan detik
""",
    "init": """\
Menulis berkas setelan pemasangan sungguhan, dengan rahasia baru.

Tidak menyentuh berkas setelan yang sudah ada.

contoh:
  netral init --public-url https://netral.contoh.go.id
  netral init --public-url http://localhost:8000     untuk mencoba; hanya terbuka di mesin ini
""",
    "check": """\
Menyebut yang salah pada setelan, basis data, dan berkas.

Kode keluar 0: tidak ada, atau hanya peringatan; 1: ada kesalahan. Setiap nomor (netral.E006)
diterangkan di docs/manual, bab operations.

contoh:
  netral check                 pemasangan ini seperti adanya
  netral check --production    seperti seharusnya sebelum dipakai sungguhan
""",
    "government": """\
Membuat pemerintah daerah: provinsi, kabupaten, atau kota, belum berisi pegawai.

Tingkat dan zona waktunya mengikuti kode Kemendagri. Sesudah itu buat dua petugas kepegawaian
pertama dengan netral admin; merekalah yang memasukkan register.

contoh:
  netral government 64.02 --name "Pemerintah Kabupaten Contoh"
  netral admin --name "Nama Lengkap" --username 198503142010012003 --government 64.02
""",
    "admin": """\
Membuat pengelola pertama pemasangan, atau petugas kepegawaian pertama suatu pemerintah daerah.

Tidak ada yang diberi sandi: perintah ini mencetak tautan sekali pakai. Dengan tautan itu petugas
mengaktifkan akunnya, memilih sandi atau kunci sandi, dan memasang faktor kedua.

contoh:
  netral admin --name "Nama Lengkap" --username admin.bkd
  netral admin --name "Nama Lengkap" --username 198503142010012003 --government 71
""",
    "import": """\
Mengimpor register pegawai atau pohon unit dari XLSX atau CSV, ukuran bebas.

Berkasnya dibaca dan dibandingkan dahulu; tidak ada yang ditulis sebelum Anda setuju. Berkas Anda
tetap. Baris yang perlu diputuskan tidak diikutkan. Unit yang mirip dengan yang sudah ada
menghentikan impor: impor lalu menunggu di halamannya, yang alamatnya dicetak. Kode keluar 0:
ditulis; 1: tidak ada yang ditulis.

isi berkas (--scope):
  part           sebagian pegawai; yang lain tidak disentuh (ini yang biasa)
  full           semua pegawai: yang tidak ada di berkas diusulkan berhenti
  full-asn       semua PNS, CPNS, dan PPPK: sama, hanya untuk mereka
  full-non-asn   semua pegawai tanpa status ASN: sama, hanya untuk mereka
  units          sebagian pohon unit
  full-units     seluruh pohon unit: unit kosong yang tidak ada di berkas diusulkan ditutup

contoh:
  netral import pegawai.xlsx --government 64
  netral import pegawai.csv --government 64 --scope full --close-missing --yes
  netral import unor.csv --government 64 --scope units
  netral import honorer.xlsx --government 64.02 --scope full-non-asn --problems masalah.xlsx
""",
    "upgrade": """\
Mencadangkan, lalu membawa basis data ke versi ini.

Lebih dahulu menulis cadangan ke var/backups bila ada data, menerapkan migrasi, memuat pemilihan yang
datang bersama versi ini, menandai preseden yang hukumnya berubah, dan mengumpulkan berkas statis.
Menjalankannya sekali lagi tidak mengubah apa pun. Hentikan Netral dahulu, jalankan lagi sesudahnya.
""",
    "backup": """\
Menulis semuanya (basis data dan berkas) ke satu berkas, selagi Netral berjalan.

Berkas itu memuat data pribadi dan sidik sandi: simpan seperti menyimpan register. Ditulis utuh atau
tidak sama sekali, dan hanya dapat dibaca pemiliknya. Setelan dan rahasia (.env) tidak ikut:
simpan di tempat lain.

contoh:
  netral backup /srv/cadangan/netral-2026-11-22.zip
""",
    "restore": """\
Memulihkan semuanya dari sebuah cadangan.

Semua sidik diperiksa sebelum apa pun disentuh. Ditolak di atas data yang ada kecuali dengan
--replace; berkas SQLite dan berkas lama lalu disisihkan dalam folder replaced-…, beserta daftar
tanda tangan yang tidak ada dalam cadangan; pada PostgreSQL buat cadangan dahulu. Hentikan Netral
sebelum memulihkan.

contoh:
  netral restore /srv/cadangan/netral-2026-11-22.zip
""",
    "move": """\
Memindahkan pemasangan ini dari SQLite ke PostgreSQL: setiap baris, atau tidak sama sekali.

Basis data PostgreSQL harus sudah ada dan kosong. Hentikan Netral dahulu. Jumlahnya dibandingkan
tabel demi tabel. Berkas SQLite tetap di tempatnya.

contoh:
  createdb netral
  netral move --to postgresql://netral@localhost/netral
""",
    "worker": """\
Menjalankan pekerjaan latar sampai dihentikan (netral run melakukannya).

Pada SIGTERM pekerjaan di tangan diselesaikan dahulu. Pelaksana yang dimatikan tidak menghilangkan
apa pun: yang lain menjalankan pekerjaannya lagi.
""",
    "desk": """\
Menerima tanda tangan seisi aula, dalam proses tersendiri (netral run melakukannya).

Menjawab POST /t/… dan tidak ada yang lain. Proksi mengirim permintaan itu ke sini (manual:
memasang); tanpa itu halaman yang menerimanya, kira-kira separuh banyaknya per detik.
""",
    "jobs": """\
Menampilkan pekerjaan yang menunggu, berjalan, dan gagal; mencoba lagi atau melupakannya.

Pekerjaan yang gagal untuk seterusnya dibiarkan sampai ada yang melihat. Yang ditampilkan jenis
kesalahan dan tempatnya; pesannya tidak disimpan, karena dapat memuat nama dan nomor.

contoh:
  netral jobs
  netral jobs --retry 0197b2c4
  netral jobs --retry all
""",
    "periksa": """\
Memeriksa tulisan sebelum diunggah.

netral periksa "Ayo pilih nomor 2"
netral periksa "Titip Bu Lintang ya" --contestant "2=Bara Wijaya, Lintang Ayu"
netral periksa - < tulisan.txt

Partai pada Pemilu terakhir dikenal, calon hanya yang disebut dengan --contestant; halaman
/periksa-tulisan/ sebuah pemasangan juga mengenal calon pemilihannya sendiri.

Tidak ada yang disimpan. Kode keluar: 0 tidak ada yang ditemukan (itu bukan izin), 1 ada yang
ditandai, 2 salah pakai.
""",
    "ask": """\
Bertanya dengan kata sehari-hari apakah sesuatu boleh.

netral ask "boleh gak like postingan calon?"
netral ask --phase "masa tenang" --subject honorer "boleh pasang stiker calon?"
netral ask --batch MASUK.jsonl --out KELUAR.jsonl
""",
}
