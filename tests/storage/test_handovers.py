"""The lead of an incident on its way from one to another, while other things happen to it."""

from dataclasses import replace

import pytest

from bot.domain.agency import Agency
from bot.domain.duty_forms import HANDOVER_LEAD
from bot.domain.form import Draft
from bot.services import handovers, paging
from bot.services.desk import Desk
from bot.services.ports.store import Transaction
from bot.services.reminding import remind_due
from storage.store import SqlStore
from tests.storage.rows import MINUTE, NOON, person
from tests.storage.test_pages import (
    OFFICE,
    TEAM,
    asks,
    by,
    clockwork,
    raised,
    the_page,
    told,
    two_leads,
)


async def handed_over(store: SqlStore, sample: Agency, *lead_units: str, to: str = "hung") -> int:
    """Anh Minh leads, and hands it over; the page's number."""
    await two_leads(store, sample, "minh", "hung", "van", "binh")
    page = await raised(store, *lead_units)
    await Desk(store).do(paging.take, by("minh", NOON + MINUTE), page)

    def draft(tx: Transaction) -> Draft:
        answers = {"receiver": str(person(tx, to).id), "summary": "chờ nhà mạng"}
        return Draft(0, HANDOVER_LEAD, person(tx, "minh").id, "summary", 1, answers)

    asked = await store.look(draft)
    await Desk(store).do(handovers.hand_lead, by("minh", NOON + 2 * MINUTE), asked)
    return page


async def reminded(store: SqlStore, minutes: float) -> None:
    await Desk(store).do(remind_due, clockwork(NOON + minutes * MINUTE), "handovers")


async def state(store: SqlStore) -> str:
    return (await store.look(lambda tx: tx.handovers.get(1))).state


async def test_who_was_asked_takes_what_the_one_before_has_lost_meanwhile(
    store: SqlStore, sample: Agency
) -> None:
    """Silent, the giver has lost it; nobody has it; and now the receiver says that they take it."""
    page = await handed_over(store, sample, TEAM)
    for minutes in (130, 141):
        await asks(store, minutes)
    assert (await store.look(lambda tx: tx.incidents.get(1))).lead_id == 0
    await reminded(store, 142)
    before = NOON + 142 * MINUTE
    await store.run(lambda tx: tx.notices.claim(before, 99 * MINUTE, 500))
    await Desk(store).do(handovers.accept, by("hung", NOON + 143 * MINUTE))
    hung = await store.look(lambda tx: person(tx, "hung").id)
    assert await state(store) == "accepted"
    assert (await store.look(lambda tx: tx.incidents.get(1))).lead_id == hung
    taken = await the_page(store, page)
    assert (taken.acknowledged, taken.waits) == ((hung,), False)
    later = NOON + 200 * MINUTE
    rows = await store.run(lambda tx: tx.notices.claim(later, MINUTE, 500))
    assert [one.notice.kind for one in rows].count("page.taken_reporter") == 1  # the name, once


@pytest.mark.parametrize("ends", ["closed", "taken"])
async def test_nobody_is_reminded_of_what_cannot_be_handed_over_any_more(
    store: SqlStore, sample: Agency, ends: str
) -> None:
    page = await handed_over(store, sample, TEAM)

    def over(tx: Transaction) -> None:
        one = tx.incidents.get(1)
        if ends == "closed":
            tx.pages.close_all(1)
            tx.incidents.save(replace(one, state="closed"))
        else:
            tx.incidents.save(replace(one, lead_id=person(tx, "van").id))

    await store.run(over)
    await reminded(store, 3)
    assert await state(store) == "cancelled"
    assert await told(store, "handover.settled", NOON + 3 * MINUTE) == {"minh", "hung"}
    await reminded(store, 15)
    await reminded(store, 45)
    for kind in ("handover.waits", "handover.late"):
        assert await told(store, kind, NOON + 45 * MINUTE) == set()
    assert (await the_page(store, page)).acknowledged


async def test_a_unit_keeps_its_answer_when_one_of_them_hands_the_lead_to_another_unit(
    store: SqlStore, sample: Agency
) -> None:
    """Of two lead units both have answered; the lead goes from the team to the office."""
    page = await handed_over(store, sample, TEAM, OFFICE, to="van")
    await Desk(store).do(paging.take, by("van", NOON + 3 * MINUTE), page)
    assert not (await the_page(store, page)).waits
    await Desk(store).do(handovers.accept, by("van", NOON + 4 * MINUTE))
    van = await store.look(lambda tx: person(tx, "van").id)
    assert (await store.look(lambda tx: tx.incidents.get(1))).lead_id == van
    after = await the_page(store, page)
    assert (after.missing, after.waits) == ((), False)


async def test_the_lead_that_goes_to_the_unit_still_missing_is_its_answer(
    store: SqlStore, sample: Agency
) -> None:
    page = await handed_over(store, sample, TEAM, OFFICE, to="van")
    assert (await the_page(store, page)).waits
    await Desk(store).do(handovers.accept, by("van", NOON + 4 * MINUTE))
    after = await the_page(store, page)
    assert (after.missing, after.waits, len(after.acknowledged)) == ((), False, 2)
