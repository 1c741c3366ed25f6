"""Pages worked by the use cases over rows: who is told, telephoned, asked, and who is not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.agency import Agency, Post
from bot.domain.duty import Absence
from bot.domain.escalation import Page
from bot.domain.incident import Incident, Standing
from bot.domain.people import CLOCKWORK_IDENTITY, CONSOLE_IDENTITY, Act, Identity, Verb
from bot.domain.roster_plan import LayerPlan, RosterPlan
from bot.domain.severity import Needs, Serious, SeriousByPlan
from bot.domain.still import Held
from bot.services import auditing, holding_on, joining, judging, paging, quiet
from bot.services.desk import Desk
from bot.services.ports.store import Transaction
from bot.services.telling import duties
from storage.store import SqlStore
from tests.storage.rows import MINUTE, NOON, connect, incident, person

WAITS = Standing(Needs.YES, Serious.NO, SeriousByPlan.PROPOSED)
HOUR = 60 * MINUTE
TEAM, OFFICE = "doi_ung_cuu", "van_phong"


def by(key: str, at: datetime = NOON) -> Act:
    return Act(Identity("test", "bot", key), at, f"test:bot:{key}")


def clockwork(at: datetime = NOON) -> Act:
    return Act(CLOCKWORK_IDENTITY, at)


async def two_leads(store: SqlStore, sample: Agency, *there: str) -> None:
    """Vân is of the office, which leads beside the team; `there` have joined."""
    of_it = (Post("responder", OFFICE, 1),)
    people = tuple(replace(p, roles=of_it) if p.id == "van" else p for p in sample.people)
    changed = replace(sample, people=people)
    await Desk(store).do(joining.apply_agency, Act(CONSOLE_IDENTITY, NOON), changed)

    def join(tx: Transaction) -> None:
        for key in there:
            connect(tx, key)

    await store.run(join)


async def raised(store: SqlStore, *lead_units: str) -> int:
    """The page's number; the incident is the first."""

    def begin(tx: Transaction, act: Act) -> int:
        act.require(Verb.SWEEP)
        one = incident(tx, standing=WAITS, lead_units=lead_units)
        paging.raise_page(tx, act, one, "respond")
        page = tx.pages.of(one.id)
        assert page is not None
        return page.id

    return (await Desk(store).do(begin, clockwork())).value


async def climbs(store: SqlStore, page: int, minutes: float) -> None:
    await Desk(store).do(auditing.climb, clockwork(NOON + minutes * MINUTE), page)


async def asks(store: SqlStore, minutes: float) -> None:
    """Whoever holds a page is asked "vẫn đang xử lý?", or was found silent."""
    act = clockwork(NOON + minutes * MINUTE)
    for page in (await Desk(store).look(holding_on.due, act)).value:
        await Desk(store).do(holding_on.look_at, act, page)


async def keys(store: SqlStore, ids: Callable[[Transaction], set[int]]) -> set[str]:
    return await store.look(lambda tx: {tx.people.get(who).key for who in ids(tx)})


async def telephoned(store: SqlStore) -> set[str]:
    """Whom the duty officer is to telephone, as it stands."""
    return await keys(
        store, lambda tx: {t.callee_id for t in tx.tasks.of(1) if t.kind == "call" and t.runs}
    )


async def the_page(store: SqlStore, page: int) -> Page:
    return await store.look(lambda tx: tx.pages.get(page))


async def told(store: SqlStore, kind: str, at: datetime) -> set[str]:
    """To whom something of this kind was said at a moment."""

    def found(tx: Transaction) -> set[int]:
        claimed = tx.notices.claim(at + 60 * MINUTE, timedelta(minutes=1), 500)
        return {one.notice.to or 0 for one in claimed if one.notice.kind == kind} - {0}

    return await store.run(lambda tx: {tx.people.get(who).key for who in found(tx)})


async def test_whoever_has_answered_is_not_to_be_telephoned(
    store: SqlStore, sample: Agency
) -> None:
    """Of two lead units one has answered; the order of telling goes on for the other."""
    await two_leads(store, sample, "minh", "hung", "van", "binh")
    page = await raised(store, TEAM, OFFICE)
    await Desk(store).do(paging.take, by("minh", NOON + MINUTE), page)
    await climbs(store, page, 5)
    await climbs(store, page, 10)
    assert await telephoned(store) == {"van"}


async def test_once_their_unit_has_answered_they_need_not_be_telephoned_any_more(
    store: SqlStore, sample: Agency
) -> None:
    await two_leads(store, sample, "minh", "hung", "van", "binh")
    page = await raised(store, TEAM, OFFICE)
    await climbs(store, page, 5)
    await climbs(store, page, 10)
    assert await telephoned(store) == {"minh", "van"}
    await Desk(store).do(paging.take, by("hung", NOON + 11 * MINUTE), page)
    assert await telephoned(store) == {"van"}
    assert (await the_page(store, page)).waits


async def test_asked_whether_still_at_it_one_can_pass_it_on_while_another_unit_is_missing(
    store: SqlStore, sample: Agency
) -> None:
    await two_leads(store, sample, "minh", "hung", "van", "binh")
    page = await raised(store, TEAM, OFFICE)
    await Desk(store).do(paging.take, by("minh", NOON + MINUTE), page)
    await Desk(store).do(paging.pass_on, by("minh", NOON + 2 * MINUTE), page)  # an old button
    minh = await store.look(lambda tx: person(tx, "minh").id)
    assert (await the_page(store, page)).acknowledged == (minh,)
    await asks(store, 130)
    passed = await Desk(store).do(paging.pass_on, by("minh", NOON + 131 * MINUTE), page)
    assert passed.value.gave_back
    assert (await the_page(store, page)).acknowledged == ()
    assert (await store.look(lambda tx: tx.incidents.get(1))).lead_id == 0


async def test_what_turns_serious_while_it_waits_wakes_the_backup_and_asks_no_quiet_hours(
    store: SqlStore, sample: Agency
) -> None:
    """A leader decides so while the first of the order has not answered, and the backup sleeps."""
    await two_leads(store, sample, "minh", "hung", "binh", "phuc")
    await store.run(lambda tx: tx.quiet_hours.set(person(tx, "hung").id, (11 * 60, 15 * 60)))
    page = await raised(store, TEAM)
    assert await keys(store, lambda tx: set(tx.pages.get(page).called)) == {"minh", "binh"}

    def decide(tx: Transaction, act: Act) -> Incident:
        act.require(Verb.SWEEP)
        return judging.decided(tx, act, tx.incidents.get(1), True)

    await Desk(store).do(decide, clockwork(NOON + MINUTE))
    assert await keys(store, lambda tx: set(tx.pages.get(page).called)) == {"minh", "binh", "hung"}
    assert (await the_page(store, page)).serious
    again = (await the_page(store, page)).version
    await Desk(store).do(decide, clockwork(NOON + 2 * MINUTE))
    assert (await the_page(store, page)).version == again  # said once


async def test_what_later_answers_make_serious_does_so_too(store: SqlStore, sample: Agency) -> None:
    await two_leads(store, sample, "minh", "hung", "binh", "phuc")
    page = await raised(store, TEAM)

    def follow(tx: Transaction, act: Act) -> None:
        act.require(Verb.SWEEP)
        one = tx.incidents.get(1)
        graver = replace(one, standing=replace(WAITS, serious_by_law=Serious.YES))
        tx.incidents.save(graver)
        judging.follow(tx, act, WAITS, graver)

    await Desk(store).do(follow, clockwork(NOON + MINUTE))
    assert (await the_page(store, page)).serious


async def test_quiet_hours_shield_nobody_on_duty_and_whoever_sleeps_is_not_telephoned_either(
    store: SqlStore, sample: Agency
) -> None:
    await two_leads(store, sample, "minh", "hung", "van", "binh")

    def sleep(tx: Transaction) -> None:
        for key in ("van", "binh"):
            tx.quiet_hours.set(person(tx, key).id, (11 * 60, 15 * 60))

    await store.run(sleep)
    everybody = await store.look(lambda tx: {person(tx, key).id for key in ("van", "binh")})
    hushed = await Desk(store).look(
        lambda tx, _: {tx.people.get(who).key for who in quiet.hushed(tx, everybody, NOON)},
        clockwork(),
    )
    assert hushed.value == {"van"}
    page = await raised(store, TEAM, OFFICE)
    for minutes in (5, 10):
        await climbs(store, page, minutes)
    assert await telephoned(store) == {"minh"}


async def test_the_cry_names_nobody_who_has_answered(store: SqlStore, sample: Agency) -> None:
    await two_leads(store, sample, "minh", "hung", "van", "binh")
    page = await raised(store, TEAM, OFFICE)
    await Desk(store).do(paging.take, by("minh", NOON + MINUTE), page)
    for minutes in (5, 10, 15):
        await climbs(store, page, minutes)
    rows = await store.run(lambda tx: tx.notices.claim(NOON + HOUR, MINUTE, 500))
    cries = [one.notice.facts for one in rows if one.notice.kind == "page.nobody_respond"]
    assert [facts["told"] for facts in cries] == [["anh Bình", "chị Vân"]]
    assert [name for name, _ in cries[0]["phones"]] == ["anh Bình", "chị Vân"]


async def test_who_cannot_be_reached_is_in_the_log_when_passed_and_not_before(
    store: SqlStore, sample: Agency
) -> None:
    await two_leads(store, sample, "minh", "binh")  # anh Hùng has not joined
    page = await raised(store, TEAM)
    await climbs(store, page, 5)

    def passed(tx: Transaction) -> int:
        return sum(link.kind == "page.unreachable" for link in tx.events.chain("incident/1", None))

    assert await store.look(passed) == 0  # anh Minh is told once more
    await climbs(store, page, 10)
    assert await store.look(passed) == 1


async def test_who_leads_hears_that_somebody_else_leads_now(
    store: SqlStore, sample: Agency
) -> None:
    """The next in the order was asked for by whoever has it, and takes it."""
    await two_leads(store, sample, "minh", "hung", "binh")
    page = await raised(store, TEAM)
    await Desk(store).do(paging.take, by("minh", NOON + MINUTE), page)

    def once_more(tx: Transaction, act: Act) -> int:
        act.require(Verb.SWEEP)
        tx.pages.close_all(1, "respond")
        paging.raise_page(tx, act, tx.incidents.get(1), "respond")
        second = tx.pages.of(1)
        assert second is not None
        return second.id

    later = NOON + 30 * MINUTE
    second = (await Desk(store).do(once_more, clockwork(later))).value
    await store.run(lambda tx: tx.notices.claim(later, timedelta(hours=9), 500))
    await Desk(store).do(paging.take, by("hung", later + MINUTE), second)
    assert "minh" in await told(store, "page.taken", later + MINUTE)


async def test_a_page_made_anew_is_the_only_one(store: SqlStore, sample: Agency) -> None:
    """Who has it has left the agency: the page that they hold never climbs beside the new one."""
    await two_leads(store, sample, "minh", "hung", "binh")
    page = await raised(store, TEAM)
    await Desk(store).do(paging.take, by("minh", NOON + MINUTE), page)
    left = replace(sample, people=tuple(p for p in sample.people if p.id != "minh"))
    await Desk(store).do(joining.apply_agency, Act(CONSOLE_IDENTITY, NOON), left)
    later = NOON + 10 * MINUTE
    found = (await Desk(store).look(auditing.look_at, clockwork(later), 1)).value
    assert found is not None
    assert found.why == "holder_left"
    assert (await Desk(store).do(auditing.cure, clockwork(later), found)).value
    second = await store.look(lambda tx: tx.pages.of(1))
    assert second is not None
    await Desk(store).do(paging.take, by("hung", later + MINUTE), second.id)
    for minutes in (150, 170):
        await asks(store, minutes)
    assert await store.look(lambda tx: [one.id for one in tx.pages.waiting()]) in ([], [second.id])


async def test_where_no_leader_of_the_unit_can_be_told_whoever_can_be_hears_it(
    store: SqlStore, sample: Agency
) -> None:
    """No duty officer, no leader near, no room: yet one who can be reached hears it."""
    await two_leads(store, sample, "quang")  # of another commune
    await raised(store, TEAM)
    assert await told(store, "page.nobody_respond", NOON) >= {"quang"}


async def test_whoever_acts_for_the_leader_hears_it_in_the_leaders_stead(
    store: SqlStore, sample: Agency
) -> None:
    await two_leads(store, sample, "van")

    def away(tx: Transaction) -> None:
        son, van = person(tx, "son").id, person(tx, "van").id
        tx.rosters.add_absence(Absence(0, son, NOON - HOUR, NOON + HOUR, "", van), son, NOON)

    await store.run(away)
    await raised(store, TEAM)
    assert await told(store, "page.nobody_respond", NOON) == {"van"}


async def test_another_duty_officer_telephones_where_the_one_on_shift_cannot_be_told(
    store: SqlStore, sample: Agency
) -> None:
    """Anh Bình is on shift and has not joined; chị Vân holds the role, too."""
    also = (Post("duty", "thi_xa", 2),)
    people = tuple(replace(p, roles=also) if p.id == "van" else p for p in sample.people)
    shift = RosterPlan(
        "truc", "thi_xa", "duty", "Trực ban", (LayerPlan(("binh",), NOON - HOUR, 24),)
    )
    changed = replace(sample, people=people, rosters=(shift,))
    await Desk(store).do(joining.apply_agency, Act(CONSOLE_IDENTITY, NOON), changed)
    await store.run(lambda tx: [connect(tx, key) for key in ("minh", "hung", "van")])
    page = await raised(store, TEAM)
    on_shift = await Desk(store).look(lambda tx, _: duties(tx, tx.incidents.get(1)), by("minh"))
    assert [one.key for one in on_shift.value] == ["binh"]
    await climbs(store, page, 5)
    await climbs(store, page, 10)
    assert await telephoned(store) == {"minh"}


async def test_given_back_by_one_of_two_of_a_unit_it_is_still_answered(
    store: SqlStore, sample: Agency
) -> None:
    """Nobody is woken for what each lead unit has; whoever leads it now, and the reporter, hear."""
    await two_leads(store, sample, "lan", "minh", "hung", "van", "binh")
    page = await raised(store, TEAM, OFFICE)
    for minutes, key in enumerate(("minh", "hung", "van"), start=1):
        await Desk(store).do(paging.take, by(key, NOON + minutes * MINUTE), page)
    await store.run(lambda tx: tx.notices.claim(NOON + 4 * MINUTE, 9 * HOUR, 500))
    back = (await Desk(store).do(paging.give_back, by("minh", NOON + 5 * MINUTE), page)).value
    assert [one.key for one in back.kept] == ["hung", "van"]
    assert not (await the_page(store, page)).waits
    assert await keys(store, lambda tx: {tx.incidents.get(1).lead_id}) == {"hung"}
    rows = await store.run(lambda tx: tx.notices.claim(NOON + 6 * MINUTE, MINUTE, 500))
    said = {(one.notice.kind, one.person.key) for one in rows if one.person}
    assert {("page.leads", "hung"), ("page.taken_reporter", "lan")} <= said
    assert not {kind for kind, _ in said} & {"page.respond", "page.nobody_respond", "page.returned"}


async def test_who_leads_since_another_unit_gave_it_back_hears_so(
    store: SqlStore, sample: Agency
) -> None:
    await two_leads(store, sample, "minh", "hung", "van", "binh")
    page = await raised(store, TEAM, OFFICE)
    for minutes, key in enumerate(("minh", "van"), start=1):
        await Desk(store).do(paging.take, by(key, NOON + minutes * MINUTE), page)
    await asks(store, 140)
    await store.run(lambda tx: tx.pages.hold(Held(page, person(tx, "van").id, NOON + 999 * MINUTE)))
    await asks(store, 151)
    assert (await the_page(store, page)).waits  # anh Minh was silent: the team is missing
    assert await keys(store, lambda tx: {tx.incidents.get(1).lead_id}) == {"van"}
    assert await told(store, "page.leads", NOON + 151 * MINUTE) == {"van"}
