"""People, the posts they hold, and the accounts by which they are known."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, and_, bindparam, insert, select, update

from bot.domain.errors import NotFound
from bot.domain.people import Identity, Person, Post, Role
from storage.tables import chats, forms, identities, memberships, people

T = TypeVar("T")
HELD = memberships.c.until.is_(None)
KNOWN_AS = (
    select(people)
    .join(identities)
    .where(
        identities.c.platform == bindparam("platform"),
        identities.c.account == bindparam("account"),
        identities.c.external_id == bindparam("external_id"),
        people.c.left_at.is_(None),
    )
)
POSTS = (
    select(memberships)
    .where(memberships.c.person_id.in_(bindparam("ids", expanding=True)), HELD)
    .order_by(memberships.c.place, memberships.c.id)
)
NAMED = select(people).where(people.c.id.in_(bindparam("ids", expanding=True)))
HOLDING = (
    select(people)
    .join(memberships)
    .where(
        memberships.c.role.in_(bindparam("roles", expanding=True)),
        HELD,
        people.c.left_at.is_(None),
    )
    .order_by(memberships.c.place, people.c.place, people.c.id)
)
HOLDING_IN = HOLDING.where(memberships.c.unit.in_(bindparam("units", expanding=True)))
CONNECTED = (
    select(people.c.id)
    .join(chats, and_(chats.c.person_id == people.c.id, chats.c.private, chats.c.lost == ""))
    .where(people.c.id.in_(bindparam("ids", expanding=True)), people.c.left_at.is_(None))
)
UNLINKED = HOLDING_IN.where(
    people.c.key.is_not(None), ~people.c.id.in_(select(identities.c.person_id))
)
ADMINS = HOLDING.where(people.c.id.in_(select(identities.c.person_id))).limit(1)
ADD = insert(people).returning(people.c.id)


@dataclass(frozen=True, slots=True)
class SqlPeople:
    rows: Connection
    kept: dict[object, Any] | None = None  # answers of a look, in which nothing changes

    def known_as(self, identity: Identity) -> Person | None:
        who = {
            "platform": identity.platform,
            "account": identity.account,
            "external_id": identity.external_id,
        }
        row = self.rows.execute(KNOWN_AS, who).one_or_none()
        return self._with_posts([row])[0] if row else None

    def get(self, person_id: int) -> Person:
        found = self.named((person_id,))
        if not found:
            raise NotFound(name=str(person_id))
        return found[person_id]

    def named(self, ids: Iterable[int]) -> dict[int, Person]:
        wanted = sorted(ids)
        if not wanted:
            return {}
        found = self._once(
            ("named", *wanted),
            lambda: self._with_posts(self.rows.execute(NAMED, {"ids": wanted}).all()),
        )
        return {person.id: person for person in found}

    def holding(
        self, roles: Iterable[Role], units: Iterable[str] | None = None
    ) -> Sequence[Person]:
        among = {"roles": [str(role) for role in roles]}
        if units is not None:
            among["units"] = list(units)
        query = HOLDING if units is None else HOLDING_IN

        def found() -> Sequence[Person]:
            rows = {row.id: row for row in self.rows.execute(query, among).all()}
            return self._with_posts(list(rows.values()))

        return self._once(("holding", str(among)), found)

    def absent(self, ids: Iterable[int]) -> frozenset[int]:
        wanted = set(ids)
        if not wanted:
            return frozenset()
        there = self.rows.execute(CONNECTED, {"ids": list(wanted)}).scalars()
        return frozenset(wanted - set(there))

    def unlinked(self, role: Role, unit: str) -> Sequence[Person]:
        among = {"roles": [str(role)], "units": [unit]}
        return self._with_posts(self.rows.execute(UNLINKED, among).all())

    def add(self, name: str, post: Post, language: str, at: datetime) -> Person:
        blank = dict.fromkeys(("title", "position", "phone", "works_at"), "")
        row = {**blank, "name": name, "language": language, "place": LAST}
        person_id = self.rows.execute(ADD, row).scalar_one()
        self.give(person_id, post, at)
        return self.get(person_id)

    def give(self, person_id: int, post: Post, at: datetime) -> None:
        which = (
            memberships.c.person_id == person_id,
            memberships.c.unit == post.unit,
            memberships.c.role == str(post.role),
            HELD,
        )
        if self.rows.execute(select(memberships.c.id).where(*which)).first():
            return
        row = {"unit": post.unit, "role": str(post.role), "place": post.order or LAST}
        values = {**row, "person_id": person_id, "since": at.isoformat()}
        self.rows.execute(insert(memberships), values)

    def answered_test(self, person_id: int, at: datetime) -> bool:
        which = (people.c.id == person_id, people.c.tested_at.is_(None))
        return self.rows.execute(update(people).where(*which).values(tested_at=at)).rowcount == 1

    def speak(self, person_id: int, language: str) -> None:
        who = people.c.id == person_id
        self.rows.execute(update(people).where(who).values(language=language))

    def link(self, identity: Identity, person_id: int) -> None:
        who = {
            "platform": identity.platform,
            "account": identity.account,
            "external_id": identity.external_id,
        }
        self.rows.execute(insert(identities), {**who, "person_id": person_id})

    def take_over(self, person_id: int, by: int, at: datetime) -> None:
        for table in (identities, chats):
            moved = update(table).where(table.c.person_id == person_id)
            self.rows.execute(moved.values(person_id=by))
        moved_forms = update(forms).where(forms.c.author_id == person_id)
        self.rows.execute(moved_forms.values(author_id=by))
        ended = update(memberships).where(memberships.c.person_id == person_id, HELD)
        self.rows.execute(ended.values(until=at.isoformat()))
        gone = update(people).where(people.c.id == person_id)
        self.rows.execute(gone.values(left_at=at))

    def any_admin_linked(self) -> bool:
        return self.rows.execute(ADMINS, {"roles": ["admin"]}).first() is not None

    def _once(self, question: object, ask: Callable[[], T]) -> T:
        if self.kept is None:  # a step, which may have changed the answer
            return ask()
        if question not in self.kept:
            self.kept[question] = ask()
        answer: T = self.kept[question]
        return answer

    def _with_posts(self, found: Sequence[Row[Any]]) -> list[Person]:
        if not found:
            return []
        posts: dict[int, list[Post]] = {row.id: [] for row in found}
        for held in self.rows.execute(POSTS, {"ids": list(posts)}):
            posts[held.person_id].append(Post(Role(held.role), held.unit, held.place))
        return [
            Person(
                id=row.id,
                name=said_name(row.title, row.name),
                posts=tuple(posts[row.id]),
                language=row.language,
                phone=row.phone,
                position=row.position,
                key=row.key or "",
            )
            for row in found
        ]


LAST = 1000  # of whom the agency's file gives no place: told after those of whom it does


def said_name(title: str, name: str) -> str:
    """As people are spoken of: the title with the given name, which stands last."""
    return f"{title} {name.split()[-1]}" if title and name else name
