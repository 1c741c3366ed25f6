"""Mail, SMS, ntfy: the address that each needs, and what fits one SMS."""

import pytest

from bot.domain.ways import ONE_SMS, address_of, one_sms, sms_number, without_marks


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ("0905 000 111", "84905000111"),
        ("0905.000.111", "84905000111"),
        ("+84 905 000 111", "84905000111"),
        ("+84 (0)905 000 111", "84905000111"),
        ("84905000111", "84905000111"),
        ("0084 905 000 111", "84905000111"),
        ("+1 415 555 0100", "14155550100"),
        ("0262 000 000", ""),  # no mobile telephone
        ("+84 262 3000 000", ""),
        ("1900 0000", ""),
        ("+1 23", ""),
        ("", ""),
    ],
)
def test_a_mobile_telephone_as_a_gateway_wants_it(phone: str, number: str) -> None:
    assert sms_number(phone) == number


def test_each_way_has_its_own_address_of_a_person() -> None:
    listed = {"mail": "binh@co-quan.example.vn"}
    assert address_of("mail", "0905 000 222", listed) == "binh@co-quan.example.vn"
    assert address_of("sms", "0905 000 222", listed) == "84905000222"
    assert address_of("ntfy", "0905 000 222", listed) == ""


def test_an_sms_has_letters_that_every_telephone_shows() -> None:
    said = "🔴 TIN KHẨN – sự cố số 1 [Đường] “{x}” ~ a|b…\nUBND xã Ea Tiêu"
    assert without_marks(said) == 'TIN KHAN - su co so 1 (Duong) "(x)" - a/b... UBND xa Ea Tieu'


def test_it_is_one_sms_and_what_to_do_is_never_cut() -> None:
    end = "Mở Zalo, gõ 7 để tiếp nhận"
    long = one_sms("Sự cố " * 40, end)
    assert len(long) <= ONE_SMS
    assert long.endswith("... Mo Zalo, go 7 de tiep nhan")
    assert one_sms("Sự cố", end) == "Su co Mo Zalo, go 7 de tiep nhan"
    assert one_sms("Sự cố") == "Su co"
