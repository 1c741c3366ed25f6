"""People, the posts they hold, and the accounts by which they are known."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, and_, bindparam, insert, select, update

from bot.domain.errors import NotFound
from bot.domain.people import Identity, Person, Post, Role
from storage.accounts import OF_ONE_THAT_LEFT
from storage.holders import shared_chats
from storage.tables import chats, forms, identities, memberships, people
from storage.ways import SqlWays

T = TypeVar("T")
HELD = memberships.c.until.is_(None)
POSTS = memberships.alias("posts")


def _with_posts(query: Select[Any]) -> Select[Any]:
    """A row for each post that a person holds: one statement for people and their posts."""
    theirs = and_(POSTS.c.person_id == people.c.id, POSTS.c.until.is_(None))
    return query.outerjoin(POSTS, theirs).add_columns(
        POSTS.c.id.label("post_id"),
        POSTS.c.unit.label("post_unit"),
        POSTS.c.role.label("post_role"),
        POSTS.c.place.label("post_place"),
    )


KNOWN_AS = _with_posts(
    select(people)
    .join(identities)
    .where(
        identities.c.platform == bindparam("platform"),
        identities.c.account == bindparam("account"),
        identities.c.external_id == bindparam("external_id"),
        people.c.left_at.is_(None),
    )
)
NAMED = _with_posts(select(people).where(people.c.id.in_(bindparam("ids", expanding=True))))
PRESENT = NAMED.where(people.c.left_at.is_(None))
HOLDERS = (
    select(people)
    .join(memberships)
    .where(
        memberships.c.role.in_(bindparam("roles", expanding=True)),
        HELD,
        people.c.left_at.is_(None),
    )
    .order_by(memberships.c.place, people.c.place, people.c.id)
)
HOLDERS_IN = HOLDERS.where(memberships.c.unit.in_(bindparam("units", expanding=True)))
HOLDING, HOLDING_IN = _with_posts(HOLDERS), _with_posts(HOLDERS_IN)
LISTED = _with_posts(
    select(people).where(
        people.c.key.in_(bindparam("keys", expanding=True)), people.c.left_at.is_(None)
    )
)
CONNECTED = (
    select(people.c.id)
    .join(chats, and_(chats.c.person_id == people.c.id, chats.c.private, chats.c.lost == ""))
    .where(
        people.c.id.in_(bindparam("ids", expanding=True)),
        people.c.left_at.is_(None),
        ~OF_ONE_THAT_LEFT,
    )
)
UNLINKED = _with_posts(
    HOLDERS_IN.where(people.c.key.is_not(None), ~people.c.id.in_(select(identities.c.person_id)))
)
ADMINS = HOLDERS.where(people.c.id.in_(select(identities.c.person_id))).limit(1)
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
        found = _people(self.rows.execute(KNOWN_AS, who))
        return found[0] if found else None

    def get(self, person_id: int) -> Person:
        found = self.named((person_id,))
        if not found:
            raise NotFound(name=str(person_id))
        return found[person_id]

    def present(self, person_id: int) -> Person | None:
        found = _people(self.rows.execute(PRESENT, {"ids": [person_id]}))
        return found[0] if found else None

    def named(self, ids: Iterable[int]) -> dict[int, Person]:
        wanted = sorted(ids)
        if not wanted:
            return {}
        found = self._once(
            ("named", *wanted), lambda: _people(self.rows.execute(NAMED, {"ids": wanted}))
        )
        return {person.id: person for person in found}

    def holding(
        self, roles: Iterable[Role], units: Iterable[str] | None = None
    ) -> Sequence[Person]:
        among = {"roles": [str(role) for role in roles]}
        if units is not None:
            among["units"] = list(units)
        query = HOLDING if units is None else HOLDING_IN
        return self._once(("holding", str(among)), lambda: _people(self.rows.execute(query, among)))

    def absent(self, ids: Iterable[int], for_a_page: bool = True) -> frozenset[int]:
        wanted = set(ids)
        if not wanted:
            return frozenset()
        left = wanted - set(self.rows.execute(CONNECTED, {"ids": list(wanted)}).scalars())
        if left:
            left -= shared_chats(self.rows, left).keys()
        if left and for_a_page:
            left -= SqlWays(self.rows).of(left).keys()
        return frozenset(left)

    def listed(self, keys: Iterable[str]) -> Sequence[Person]:
        found = {one.key: one for one in _people(self.rows.execute(LISTED, {"keys": list(keys)}))}
        return [found[key] for key in keys if key in found]

    def unlinked(self, role: Role, unit: str) -> Sequence[Person]:
        among = {"roles": [str(role)], "units": [unit]}
        return _people(self.rows.execute(UNLINKED, among))

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


def _people(rows: Iterable[Row[Any]]) -> list[Person]:
    """In the order of the rows, each person once; posts in the order of telling."""
    found: dict[int, Row[Any]] = {}
    posts: dict[int, dict[int, Post]] = {}
    for row in rows:
        found.setdefault(row.id, row)
        held = posts.setdefault(row.id, {})
        if row.post_id is not None:
            held[row.post_id] = Post(Role(row.post_role), row.post_unit, row.post_place)
    return [
        Person(
            id=row.id,
            name=said_name(row.title, row.name),
            posts=tuple(
                post
                for _, post in sorted(
                    posts[row.id].items(), key=lambda item: (item[1].order, item[0])
                )
            ),
            language=row.language,
            phone=row.phone,
            position=row.position,
            key=row.key or "",
            shared_by=tuple(row.shared_by or ()),
        )
        for row in found.values()
    ]


LAST = 1000  # of whom the agency's file gives no place: told after those of whom it does


def said_name(title: str, name: str) -> str:
    """As people are spoken of: the title with the given name, which stands last."""
    return f"{title} {name.split()[-1]}" if title and name else name
