"""Exported lists: complete, and harmless when a spreadsheet opens them."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.test import RequestFactory

from netral.base.tables import csv_lines, export_response

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


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("cakupan-ikrar", "Cakupan ikrar"),
        ("a/b [c]: d?", "A b c d"),
        ("x" * 40, "X" + "x" * 30),
        ("'", "Netral"),
    ],
)
def test_the_sheet_carries_the_name_of_the_list(name: str, title: str) -> None:
    response = export_response(RequestFactory().get("/"), name=name, header=HEADER, rows=[])
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    assert book.sheetnames == [title]
