"""Exported lists: complete, and harmless when a spreadsheet opens them."""

from __future__ import annotations

import io

import openpyxl
from django.test import RequestFactory

from netral.base.tables import CHUNK, csv_lines, export_response, sheet_name

HEADER = ["Nama", "Jumlah"]


def test_csv_starts_with_a_bom_and_uses_semicolons() -> None:
    text = "".join(csv_lines(HEADER, [["Siti", 2]]))
    assert text == "\ufeffNama;Jumlah\r\nSiti;2\r\n"


def test_a_name_that_looks_like_a_formula_is_defused_in_csv() -> None:
    text = "".join(csv_lines(HEADER, [["=HYPERLINK(1)", -2]]))
    assert "'=HYPERLINK(1);-2" in text


def test_a_name_that_looks_like_a_formula_stays_text_in_xlsx() -> None:
    request = RequestFactory().get("/")
    response = export_response(request, name="daftar", header=HEADER, rows=[["=1+1", 3]])
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert sheet["A2"].value == "=1+1"
    assert sheet["A2"].data_type == "s"
    assert sheet["B2"].value == 3


def test_the_file_name_says_what_it_is() -> None:
    request = RequestFactory().get("/?bentuk=csv")
    response = export_response(request, name="Belum berikrar", header=HEADER, rows=[])
    assert response.headers["Content-Disposition"] == 'attachment; filename="belum-berikrar.csv"'


def test_csv_goes_out_in_pieces_and_keeps_long_numbers_whole() -> None:
    rows = [["198502012010011001", index] for index in range(CHUNK + 1)]
    pieces = list(csv_lines(HEADER, rows))
    assert len(pieces) == 2
    assert "".join(pieces).count("\r\n") == CHUNK + 2
    assert pieces[0].splitlines()[1] == "'198502012010011001;0"


def test_a_sheet_says_what_it_holds_in_a_name_that_spreadsheets_take() -> None:
    request = RequestFactory().get("/")
    response = export_response(request, name="belum-berikrar", header=HEADER, rows=[])
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    assert book.sheetnames == ["Belum berikrar"]
    assert (
        sheet_name("Dinas: A/B [utama] yang namanya panjang sekali")
        == "Dinas  A B  utama  yang namanya"
    )
    assert sheet_name("??") == "Netral"
