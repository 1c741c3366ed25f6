"""The gateways of a deployment (kênh khác): mail, SMS, ntfy, as addresses of apprise.

Such an address is itself the secret (user, password, key): it stands in no log, no error and no
repr, and apprise, which logs it when something fails, is not heard.
"""

import logging
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType
from typing import Any
from urllib.parse import quote

from bot.domain.account import Account
from bot.domain.ways import Way

PLACES: Mapping[str, tuple[Way, str]] = {  # in a gateway's address: what it is, and a sample
    "{email}": ("mail", "thu@co-quan.example"),
    "{phone}": ("sms", "84905000111"),
    "{ntfy}": ("ntfy", "truc-ban"),
}
LOGGERS = ("apprise", "urllib3")  # both name addresses


@dataclass(frozen=True, slots=True)
class Gateway:
    """`number`: its place in the setting, 0 first. `url`: as apprise has it, with the place where
    the person's address goes."""

    way: Way
    number: int
    url: str = field(repr=False)

    @property
    def account(self) -> Account:
        """By which it is known in rows: entered at each start, left when it is not set any more."""
        return Account(self.way, str(self.number))

    def to(self, address: str) -> str:
        place = next(place for place, (way, _) in PLACES.items() if way == self.way)
        return self.url.replace(place, quote(address, safe=""))


def gateways(setting: str) -> tuple[Gateway, ...]:
    """Those of the setting, in its order; `fault` has found it good."""
    found = []
    for number, url in enumerate(setting.split()):
        (place,) = (one for one in PLACES if one in url)
        found.append(Gateway(PLACES[place][0], number, url))
    return tuple(found)


def fault(setting: str) -> tuple[str, str] | None:
    """What is wrong with the first that is, in Vietnamese and English; never its words."""
    for number, url in enumerate(setting.split(), start=1):
        if sum(url.count(place) for place in PLACES) != 1:
            return (
                f"địa chỉ thứ {number} cần đúng một trong {{email}}, {{phone}}, {{ntfy}}",
                f"address {number} needs exactly one of {{email}}, {{phone}}, {{ntfy}}",
            )
        (gateway,) = gateways(url)
        sample = next(sample for way, sample in PLACES.values() if way == gateway.way)
        if speaker(gateway.to(sample)) is None:
            return (
                f"địa chỉ thứ {number} không dùng được (apprise không hiểu)",
                f"address {number} cannot be used (apprise does not understand it)",
            )
    return None


def speaker(url: str) -> Any:
    """None: apprise does not understand it. Said as plain text, whatever else it could be, and in
    the thread that says it: the few that apprise keeps for everything could all hang."""
    apprise = loaded()
    alone = apprise.AppriseAsset(async_mode=False, service_timeout=0)
    one = apprise.Apprise.instantiate(url, asset=alone, suppress_exceptions=True)
    if one is not None:
        one.notify_format = apprise.NotifyFormat.TEXT
    return one


@cache
def loaded() -> ModuleType:
    """apprise with all it can speak: loaded by whoever has a gateway, at start, and not heard."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of its own for Python 3.13
        import apprise

        apprise.Apprise.instantiate("json://127.0.0.1")
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return apprise
