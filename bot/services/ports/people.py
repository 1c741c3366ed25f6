"""People, the accounts they are known by, their posts, invitations, and the agency they are of."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.account import Account
from bot.domain.agency import Agency, Change
from bot.domain.contact import Check
from bot.domain.holding import Holding
from bot.domain.invitation import Invitation
from bot.domain.people import Identity, Person, Post, Role


class People(Protocol):
    def known_as(self, identity: Identity) -> Person | None:
        """Only who is still there: a person removed in the middle is nobody at the next tap."""

    def get(self, person_id: int) -> Person: ...
    def present(self, person_id: int) -> Person | None:
        """Only who is still there."""

    def named(self, ids: Iterable[int]) -> dict[int, Person]: ...
    def holding(
        self, roles: Iterable[Role], units: Iterable[str] | None = None
    ) -> Sequence[Person]:
        """In the order in which they are told; each person once."""

    def absent(self, ids: Iterable[int], for_a_page: bool = True) -> frozenset[int]:
        """Those who cannot be told anything: not connected, blocked, gone. A page finds its way
        by mail or SMS as well; what is no page does not."""

    def listed(self, keys: Iterable[str]) -> Sequence[Person]:
        """Those of the agency's file with these ids, in their order."""

    def unlinked(self, role: Role, unit: str) -> Sequence[Person]:
        """Of the agency's file, with this post, and not connected yet."""

    def add(self, name: str, post: Post, language: str, at: datetime) -> Person: ...
    def give(self, person_id: int, post: Post, at: datetime) -> None:
        """One post more; nothing changes when it is held already."""

    def answered_test(self, person_id: int, at: datetime) -> bool:
        """False: it was answered before."""

    def speak(self, person_id: int, language: str) -> None: ...
    def link(self, identity: Identity, person_id: int) -> None: ...
    def take_over(self, person_id: int, by: int, at: datetime) -> None:
        """Who joined as `person_id` is `by` of the agency's file: accounts and chats go over."""

    def any_admin_linked(self) -> bool: ...


class Holders(Protocol):
    """Of the telephones that several people share."""

    def of(self, device_id: int) -> Holding: ...
    def save(self, holding: Holding) -> None: ...


class Agencies(Protocol):
    def current(self) -> Agency | None: ...
    def apply(self, agency: Agency, changes: Sequence[Change], at: datetime) -> None: ...


class ContactChecks(Protocol):
    """Of the contacts beyond the agency; those that the file no longer has among them."""

    def all(self) -> Mapping[str, Check]: ...
    def save(self, check: Check) -> None: ...


class Accounts(Protocol):
    """The bots by which the program is reached."""

    def all(self) -> Sequence[Account]: ...
    def get(self, platform: str, account: str) -> Account | None: ...
    def save(self, account: Account, at: datetime) -> None: ...


class Invitations(Protocol):
    def add(self, invitation: Invitation, at: datetime) -> None: ...
    def find(self, code: str) -> Invitation | None: ...
    def save(self, invitation: Invitation) -> None: ...
