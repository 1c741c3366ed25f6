"""The agency as its file tells it goes into rows and comes back as the same value."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine

from bot.domain.agency import Agency, Contact, Post, SecretContact, System, changes
from bot.domain.contact import KINDS, Check, Outside
from bot.domain.duty import DUTY_ROLES, HERE, Days
from bot.domain.people import Identity
from bot.domain.roster_plan import DayOff, LayerPlan, RosterPlan
from bot.services.ports.store import Transaction
from storage.agencies import AgencyCache, SqlAgencies
from storage.store import SqlStore
from tests.storage.rows import NOON, connect, person

ROLES = st.sampled_from(["official", "responder", "security_officer", "duty", "leader", "admin"])


@contextmanager
def thrown_away(file: Path) -> Iterator[Connection]:
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as rows:
        yield rows
        rows.rollback()
    engine.dispose()


def written(rows: Connection, agency: Agency) -> Agency | None:
    """What another program would read after applying it."""
    here = SqlAgencies(rows, AgencyCache(), "vi")
    here.apply(agency, changes(here.current(), agency), NOON)
    return SqlAgencies(rows, AgencyCache(), "vi").current()


@st.composite
def mutated(draw: st.DrawFn, agency: Agency) -> Agency:
    """Another agency: people, units and systems left out, in another order, with other facts."""
    units = draw(
        st.lists(st.sampled_from(agency.units), unique_by=lambda unit: unit.id, min_size=1)
    )
    people = draw(st.lists(st.sampled_from(agency.people), unique_by=lambda one: one.id))
    systems = draw(st.lists(st.sampled_from(agency.systems), unique_by=lambda one: one.id))
    ids = st.sampled_from([unit.id for unit in agency.units])
    posts = st.lists(
        st.builds(Post, ROLES, ids, st.integers(1, 9)), unique_by=lambda p: (p.role, p.unit)
    )
    words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=9)
    secret = st.none() | st.builds(SecretContact, words, words)
    levels = st.none() | st.integers(1, 5)
    contacts = st.builds(
        Outside,
        *(st.sampled_from(["ca", "dl", "nm"]), st.sampled_from(KINDS), words, words, words),
        *(words, words, st.lists(words, max_size=2).map(tuple), words, words),
        st.none() | st.dates(),
    )
    hours = st.none() | st.tuples(st.times(), st.times())
    starts = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001
    layers = st.builds(
        LayerPlan,
        st.lists(words, max_size=3).map(tuple),
        starts.map(lambda one: one.replace(tzinfo=HERE)),
        st.integers(1, 366),
        st.sampled_from(get_args(Days)),
        hours,
    )
    rosters = st.builds(
        RosterPlan,
        *(st.sampled_from(["truc", "lanh_dao"]), words, st.sampled_from(DUTY_ROLES), words),
        st.lists(layers, max_size=2).map(tuple),
    )
    days = st.builds(DayOff, st.dates(), words, st.booleans(), words)
    days_off = draw(st.lists(days, unique_by=lambda one: one.id))
    return Agency(
        draw(words),
        draw(words),
        draw(st.builds(Contact, words, words, words)),
        tuple(
            replace(u, short=draw(words), secret_contact=draw(secret), functions=draw(functions))
            for u in units
            for functions in [st.dictionaries(ids, st.none() | ids, max_size=3)]
        ),
        tuple(
            replace(
                p,
                phone=draw(words),
                roles=tuple(draw(posts)),
                works_at=draw(works),
                email=draw(words),
                ntfy=draw(words),
            )
            for p in people
            for works in [st.none() | words.filter(bool)]
        ),
        tuple(replace(s, level=draw(levels), shared=draw(st.booleans())) for s in systems),
        tuple(draw(st.lists(words, max_size=2))),
        tuple(draw(st.lists(contacts, unique_by=lambda one: one.id))),
        tuple(draw(st.lists(rosters, unique_by=lambda one: one.id))),
        tuple(sorted(days_off, key=lambda one: one.day)),
    )


def test_the_sample_is_read_as_it_was_written(migrated: Path, sample: Agency) -> None:
    with thrown_away(migrated) as rows:
        assert SqlAgencies(rows, AgencyCache(), "vi").current() == sample
        assert written(rows, sample) == sample


@settings(max_examples=60)
@given(st.data())
def test_any_agency_after_any_other_is_read_as_it_was_written(
    migrated: Path, sample: Agency, data: st.DataObject
) -> None:
    with thrown_away(migrated) as rows:
        for _ in range(2):
            agency = data.draw(mutated(sample))
            now = written(rows, agency)
            same = now == agency
            assert changes(now, agency) == ()
            assert same


async def test_a_step_that_failed_leaves_nothing_to_the_next(
    store: SqlStore, sample: Agency
) -> None:
    def fails(tx: Transaction) -> None:
        tx.agencies.apply(replace(sample, name="sai"), (), NOON)
        assert tx.agencies.current() == replace(sample, name="sai")
        raise LookupError

    with pytest.raises(LookupError):
        await store.run(fails)
    right = replace(sample, name="đúng")
    await store.run(lambda tx: tx.agencies.apply(right, (), NOON))
    for ask in (store.run, store.look):
        assert await ask(lambda tx: tx.agencies.current()) == right


async def test_who_is_no_longer_in_the_file_is_nobody_at_the_next_tap(
    store: SqlStore, sample: Agency
) -> None:
    minh = Identity("test", "bot", "minh")
    number = (await store.run(lambda tx: connect(tx, "minh"))).id
    without = replace(sample, people=tuple(one for one in sample.people if one.id != "minh"))
    await store.run(lambda tx: tx.agencies.apply(without, (), NOON))
    assert await store.look(lambda tx: tx.people.known_as(minh)) is None
    assert await store.look(lambda tx: tx.people.absent([number])) == {number}
    gone = await store.look(lambda tx: tx.people.get(number))  # the log still names them
    assert (gone.name, gone.posts) == ("anh Minh", ())
    await store.run(lambda tx: tx.agencies.apply(sample, (), NOON))
    back = await store.look(lambda tx: tx.people.known_as(minh))
    assert back is not None
    assert len(back.posts) == 2


async def test_who_joined_without_standing_in_the_file_stays(
    store: SqlStore, sample: Agency
) -> None:
    def join(tx: Transaction) -> int:
        lan = person(tx, "lan")
        return tx.people.add("Tú", lan.posts[0], "vi", NOON).id

    number = await store.run(join)
    system = System("moi", "Máy mới", None, "thi_xa", False, "thi_xa")
    await store.run(lambda tx: tx.agencies.apply(replace(sample, systems=(system,)), (), NOON))
    assert (await store.look(lambda tx: tx.people.get(number))).posts
    agency = await store.look(lambda tx: tx.agencies.current())
    assert agency is not None
    assert (agency.systems, agency.people) == ((system,), sample.people)


async def test_what_became_of_telephoning_is_kept_by_contact(store: SqlStore) -> None:
    tried = Check("ca", "113", is_right=True, day=date(2026, 11, 20), person_id=4)
    reminded = Check("dl", reminded=date(2026, 11, 19))
    for check in (replace(tried, is_right=False), reminded, tried):
        await store.run(lambda tx, check=check: tx.contact_checks.save(check))
    assert await store.look(lambda tx: tx.contact_checks.all()) == {"ca": tried, "dl": reminded}
