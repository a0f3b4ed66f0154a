"""The check of a text: what looks like a call and is none, and calls in other clothes."""

from __future__ import annotations

import pytest
from bench.posts.__main__ import CONTEST

from netral.law.posts import Contest, Contestant, check


def kinds(text: str) -> frozenset[str]:
    return check(text, contest=CONTEST).kinds


@pytest.mark.parametrize(
    "text",
    [
        "Dukung pelaksanaan Perda Nomor 3 Tahun 2019 tentang sampah",
        "Yuk hadir rapat tanggal 03/12/2024",
        "Skor akhir 3-2, mantap!",
        "Puskesmas 02 mantap pelayanannya",
        "Peserta nomor 3 keren suaranya, menang deh",
        "Wisata nomor 1 di kabupaten kita, juara",
    ],
)
def test_numbers_of_laws_days_results_and_ranks_are_none_on_the_ballot(text: str) -> None:
    assert not kinds(text)


@pytest.mark.parametrize(
    "tag", ["#TerimaKasih", "#SumateraBarat", "#literasi", "#GenerasiMuda", "#DukungBumi"]
)
def test_a_name_inside_another_word_of_a_hashtag_is_no_name(tag: str) -> None:
    assert not kinds(f"pagi {tag}")


@pytest.mark.parametrize(
    "tag",
    ["#BaraMenang", "#baramenang", "#LanjutkanRASI", "#dukungpakdamar", "#PilihPakSiapa",
     "#YukPilihNo3", "#RanuKelanaJuara", "#ranukelanajuara"],
)  # fmt: skip
def test_a_hashtag_with_a_name_or_a_call_is_marked(tag: str) -> None:
    assert "hashtag" in kinds(f"pagi {tag}")


@pytest.mark.parametrize(
    "text",
    [
        "Golnya Bara di menit akhir cantik banget, lanjut semifinal!",
        "Pemilihan ketua OSIS hari ini. Coblos paslon 2 ya!",
        "Salam tiga jari pramuka buat adik siaga",
        "Kampanye imunisasi di aula balai desa, ayo ajak anaknya",
    ],
)
def test_sports_other_elections_and_other_campaigns_are_left_alone(text: str) -> None:
    assert not kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Timnas menang 3-0! Oh ya, coblos nomor 2",
        "Pemilihan ketua OSIS usai, sekarang dukung Bara Wijaya",
        "Nonton liga bareng relawan Bara Wijaya, mantap",
    ],
)
def test_speaking_of_sports_or_a_school_excuses_no_call(text: str) -> None:
    assert "support" in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "LANJUTKAN pembangunan bersama Pak Gub, coblos!",
        "Yuk coblos Bu Wali lagi",
        "Coblos yang sudah bekerja!",
        "Biarkan Pak Bupati menuntaskan tugasnya",
    ],
)
def test_a_call_for_whoever_holds_the_office_needs_no_name(text: str) -> None:
    assert kinds(text) == {"support"}


@pytest.mark.parametrize(
    "text",
    [
        "Lanjutkan laporannya ke Pak Bupati",
        "Pak Gubernur coblos di TPS 5 pagi ini",
        "Coblos satu kali, lalu lipat surat suaranya",
        "Rapat bersama Pak Wali lanjut jam dua",
    ],
)
def test_the_holder_of_an_office_may_be_spoken_of(text: str) -> None:
    assert not kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Cetak lembar tanda tangan untuk petugas",  # not "lempar"
        "Sering kali kantor KPU ramai",  # not "serang"
        "Jam sebelas orang malas bangun",  # not "sebelah"
        "Kewenangan untuk Pak Damar",  # not "kemenangan"
        "Kami mantan pegawai, doakan sehat",
    ],
)
def test_another_word_one_letter_away_is_no_slip(text: str) -> None:
    assert kinds(text) <= {"mention"}


@pytest.mark.parametrize(
    "text", ["Ayo cobols nomor 2", "yuk duukng Bara Wijaya", "dukungg paslon 2"]
)
def test_a_slip_of_the_finger_hides_no_call(text: str) -> None:
    assert "support" in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Buka surat suara, periksa, lalu coblos di bilik",
        "Surat suara yang sudah dicoblos dilipat lagi lalu masukkan ke kotak",
        "TPS tutup jam 13",
    ],
)
def test_how_to_vote_is_no_hoax(text: str) -> None:
    assert not kinds(text)


def test_an_apostrophe_in_a_name_may_be_left_out() -> None:
    contest = Contest((Contestant("ticket", 1, ("Rama Mas'um", "Sari")),))
    for text in ("pilih Rama Mas'um", "pilih Rama Mas’um", "pilih Rama Masum"):
        assert "support" in check(text, contest=contest).kinds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("besok tusuk yang paling kiri ya", "support"),
        ("Pilih kolom kosong saja", "support"),
        ("saya netral kok, netral ke nomor 2", "support"),
        ("kitorang samua deng nomor tiga", "support"),
        ("Urang sadayana ngadukung Kang Ranu", "support"),
        ("ini dua jari, fotonya bukan gaya biasa", "attributes"),
        ("Tolong kerahkan warga ke kampanye Pak Bara", "subordinates"),
        ("Honor RT cair asal TPS kita menang", "pressure"),
        ("Suku itu bikin rusuh terus", "hate"),
        ("Pertahankan bupati kita", "support"),
        ("Saatnya yang muda memimpin", "support"),
        ("Adik saya nyaleg, mohon doa dan dukungannya", "support"),
        ("Pak Bara? Maaf, tidak level", "attack"),
        ("Dinasti lagi, dinasti lagi", "attack"),
        ("Absen kehadiran kampanye direkap per bidang", "subordinates"),
        ("Pilih Damar Asih atau lapakmu digusur", "pressure"),
        ("Spidol dari KPU tintanya hilang sejam", "hoax"),
    ],
)
def test_calls_and_harm_in_other_clothes_are_marked(text: str, kind: str) -> None:
    assert kind in kinds(text)
