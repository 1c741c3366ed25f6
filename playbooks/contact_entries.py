"""Contacts beyond the agency (liên hệ ngoài cơ quan) in its file: their shape, and the value."""

from typing import Annotated

from pydantic import Field

from bot.domain.contact import ContactKind, Outside
from playbooks.fields import Email, FunctionName, PastDay, Phone, ShortText, Strict, Text

Name = Annotated[Text, Field(max_length=90)]
Line = Annotated[Text, Field(max_length=160)]


class ContactEntry(Strict):
    """functions: of the plans that the units follow. checked: the day of the last telephoning."""

    kind: ContactKind
    name: Name
    phone: Phone
    other_phone: Phone | None = None
    email: Email | None = None
    hours: ShortText | None = None
    functions: Annotated[list[FunctionName], Field(default_factory=list)]
    needed: Line | None = None
    note: Line | None = None
    checked: PastDay | None = None


def contact_of(id_: str, entry: ContactEntry) -> Outside:
    return Outside(
        id=id_,
        kind=entry.kind,
        name=entry.name,
        phone=entry.phone,
        other_phone=entry.other_phone or "",
        email=entry.email or "",
        hours=entry.hours or "",
        functions=tuple(entry.functions),
        needed=entry.needed or "",
        note=entry.note or "",
        checked=entry.checked,
    )
