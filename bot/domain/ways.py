"""The ways beside the chats (kênh khác): mail, SMS, ntfy; the address that each needs of a person.

They only say something: nobody can answer there, so nothing but a page goes by them.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Literal

Way = Literal["mail", "sms", "ntfy"]
WAYS: tuple[Way, ...] = ("mail", "sms", "ntfy")
BY_NUMBER = WAYS[1]  # by the telephone that is listed with the person
ONE_SMS = 160  # characters of GSM 03.38 in one message; with a mark in it, 70

_NATIONAL = re.compile(r"0[35789]\d{8}")  # số di động; landlines and 1900 take no SMS
_COUNTRY = "84"
# Of ASCII not in GSM 03.38, or there two characters long: what stands in its place.
_GSM = str.maketrans("[]{}|~^\\`", "()()/---'")


def sms_number(phone: str) -> str:
    """A mobile telephone as a gateway wants it: "84905000111" of "0905 000 111".

    A foreign number has its plus sign. "": nothing that takes an SMS.
    """
    digits = re.sub(r"\D", "", phone)
    national = re.sub(rf"^(00)?{_COUNTRY}0?", "0", digits) if _is_abroad(phone, digits) else digits
    if _NATIONAL.fullmatch(national):
        return _COUNTRY + national[1:]
    abroad = phone.strip().startswith("+") and not digits.startswith(_COUNTRY)
    return digits if abroad and len(digits) >= 8 else ""


def address_of(way: Way, phone: str, listed: Mapping[str, str]) -> str:
    """Where this way reaches a person, "" where it does not. listed: what the file tells of each
    way; a telephone is listed with the person."""
    return sms_number(phone) if way == BY_NUMBER else listed.get(way, "")


def without_marks(text: str) -> str:
    """One line in the letters that every gateway knows: no diacritics, no pictures."""
    barred = text.translate(str.maketrans("đĐ–—·“”‘’", "dD---\"\"''"))
    apart = unicodedata.normalize("NFKD", barred)
    bare = apart.encode("ascii", "ignore").decode().translate(_GSM)
    return " ".join(bare.split())


def one_sms(text: str, end: str = "") -> str:
    """`text` cut so that it fits one SMS with `end`, which is never cut."""
    said, last = without_marks(text), without_marks(end)
    room = ONE_SMS - len(last) - bool(last)
    if len(said) > room:
        said = said[: room - 3].rstrip() + "..."
    return f"{said} {last}".strip()


def _is_abroad(phone: str, digits: str) -> bool:
    """Written with the country's code."""
    plus = phone.strip().startswith("+") and digits.startswith(_COUNTRY)
    return plus or digits.startswith(f"00{_COUNTRY}") or len(digits) == len("84905000111")
