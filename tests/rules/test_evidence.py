"""What a file is by its bytes, how it is named, and what the words beside it name."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.evidence import (
    LONGEST_NAME,
    File,
    Given,
    Pass,
    about,
    clean_name,
    digest,
    media_of,
    written,
)

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
FILE = File(3, 12, 0, 7, 1, "nhật ký.log", "text/plain", 9, "ab", "zalo", NOW)


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (b"\xff\xd8\xff\xe0..JFIF", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"RIFF....WEBPVP8 ", "image/webp"),
        (b"....ftypisom", "video/mp4"),
        (b"%PDF-1.7", "application/pdf"),
        (b"PK\x03\x04....word/", "application/zip"),
        (b"MZ\x90\x00", "application/vnd.microsoft.portable-executable"),
        ("nhật ký máy chủ\n\tdòng 2".encode(), "text/plain"),
        (b"a" * 4095 + "ậ".encode(), "text/plain"),  # cut in the middle of a letter
        (b"\x00\x01\x02", "application/octet-stream"),
        (b"\xff\xfe ab", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_a_file_is_what_its_bytes_say(content: bytes, media: str) -> None:
    assert media_of(content) == media


def test_a_given_file_has_its_checksum() -> None:
    assert Given("x", b"abc").sha256.startswith("ba7816bf8f01cfea")
    assert "abc" not in repr(Given("x", b"abc"))


def test_words_beside_a_picture_are_its_name() -> None:
    assert Given("", b"x").called(" máy 1/2 \n").name == "máy 1-2"
    assert Given("a.log", b"x").called("máy 1").name == "máy 1 - a.log"
    assert Given("a.log", b"x").called("").name == "a.log"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("nhật ký.log", "nhật ký.log"),
        ("..\\..\\etc/passwd", "passwd"),
        ("C:\\Users\\lan\\ảnh 1.png", "ảnh 1.png"),
        ('a<b>:"|?*\x00\u202eb.exe', "abb.exe"),
        ("..hidden  file", "hidden file"),
        ("", ""),
        ("x" * 200 + ".png", "x" * (LONGEST_NAME - 4) + ".png"),
        ("x" * 200, "x" * LONGEST_NAME),
        ("x." + "y" * 200, "x." + "y" * (LONGEST_NAME - 2)),
    ],
)
def test_a_name_holds_no_path_and_nothing_unseen(raw: str, clean: str) -> None:
    assert clean_name(raw) == clean


def test_a_receipt_is_the_number_within_the_incident() -> None:
    assert FILE.receipt == "12.A1"
    assert FILE.saved_as == "12.A1 nhật ký.log"
    assert replace(FILE, name="", media="image/jpeg").saved_as == "12.A1.jpg"
    assert replace(FILE, name="máy 3", media="image/png").saved_as == "12.A1 máy 3.png"
    assert replace(FILE, name="", media="image/unknown").saved_as == "12.A1.bin"


@pytest.mark.parametrize(
    ("beside", "number"),
    [
        ("12", 12),
        ("sự cố số 12", 12),
        ("Ảnh của sự cố 12.", 12),
        ("incident 12", 12),
        ("chung cu 12", 12),
        ("12 máy bị khóa", None),
        ("may so 12 o phong 3", None),
        ("", None),
    ],
)
def test_only_words_that_name_an_incident_and_nothing_else_do(
    beside: str, number: int | None
) -> None:
    assert about(beside) == number


def test_a_pass_holds_once_and_for_a_while() -> None:
    given = Pass("k", "upload", 7, 12, 0, NOW + timedelta(minutes=30))
    assert given.holds(NOW)
    assert not given.holds(NOW + timedelta(minutes=30))
    assert not replace(given, used=True).holds(NOW)


def test_a_code_is_read_however_it_is_typed() -> None:
    assert written(" acde-fhjk ") == "ACDEFHJK"
    assert digest("ACDEFHJK") != digest("ACDEFHJL")
