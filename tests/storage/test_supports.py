"""Support beyond the agency over real rows: who may ask, and an answer that is given twice."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.domain.errors import Closed, Forbidden, Outdated
from bot.domain.form import Draft
from bot.domain.people import Act, Identity
from bot.domain.playbook import Plan
from bot.domain.support_forms import SUPPORT, SUPPORT_ANSWER
from bot.services import supporting
from bot.services.desk import Desk
from bot.services.ports.messages import Chat
from bot.services.ports.store import Transaction
from playbooks.agency_file import load_agency
from storage.store import SqlStore
from tests.storage.rows import MINUTE, NOON, incident

DEPARTMENT = Path(__file__).parents[1] / "flows" / "so_xay_dung.yaml"
PLAN, NATIONAL = "sxd_khanh_hoa_2022", "national"  # KH 2.1.d: the steering committee asks it
CALLED = {"body": NATIONAL, "help": "from_afar", "how": "by_phone", "answer": "waiting"}


async def begun(store: SqlStore, plans: dict[str, Plan]) -> int:
    """An incident of the Sở that anh Hùng leads; its number."""
    agency = load_agency(DEPARTMENT, plans)

    def work(tx: Transaction) -> int:
        tx.agencies.apply(agency, (), NOON)
        for who in tx.people.listed(["lan", "hung", "binh", "phuc"]):
            tx.people.link(Identity("test", "bot", who.key), who.id)
            tx.chats.seen(Chat(f"test:bot:{who.key}", private=True), who.id, NOON)
        (hung,) = tx.people.listed(["hung"])
        digest, scope = tx.plans[PLAN].digest, ("so", "ban_chi_dao", "doi_tinh")
        of_it: dict[str, Any] = {"unit": "so", "plan": PLAN, "plan_digest": digest, "scope": scope}
        one = incident(tx, **of_it, system="", lead_units=("so",))
        tx.incidents.save(replace(tx.incidents.get(one.id), lead_id=hung.id))
        return one.id

    return await store.run(work)


def act(key: str, after: int = 0) -> Act:
    return Act(Identity("test", "bot", key), NOON + after * MINUTE, f"test:bot:{key}")


def asked(number: int, **answers: str) -> Draft:
    return Draft(0, SUPPORT, 0, "sent", number, {**CALLED, **answers})


def answered(number: int, support: int, answer: str) -> Draft:
    told = {"asked": str(support), "answer": answer, "spoke_with": "unnamed", "said": "không rảnh"}
    return Draft(0, SUPPORT_ANSWER, 0, "sent", number, told)


async def test_what_the_plan_leaves_to_few_is_asked_by_nobody_else_even_at_the_last_moment(
    store: SqlStore, plans: dict[str, Plan]
) -> None:
    """The form was drawn while somebody had the power, and is sent when nobody has agreed."""
    number, desk = await begun(store, plans), Desk(store)
    with pytest.raises(Forbidden):
        await desk.do(supporting.asked, act("hung"), asked(number))
    requested = await desk.do(supporting.asked, act("hung"), asked(number, how="send_request"))
    assert (requested.value.did, requested.value.support) == ("requested", None)
    with pytest.raises(Forbidden):
        await desk.do(supporting.begin, act("lan"), number)
    assert await store.look(lambda tx: tx.supports.of(number)) == []
    done = await desk.do(supporting.asked, act("phuc"), asked(number))
    assert done.value.did == "asked"


async def test_of_two_answers_to_one_request_the_first_stands(
    store: SqlStore, plans: dict[str, Plan]
) -> None:
    """Accepted is told and logged once; whoever comes later is shown how it stands."""
    number, desk = await begun(store, plans), Desk(store)
    support = (await desk.do(supporting.asked, act("phuc"), asked(number))).value.support
    assert support is not None
    first = await desk.do(
        supporting.answered, act("hung", 5), answered(number, support.id, "accepted")
    )
    assert first.value.did == "answered"
    for said in ("refused", "accepted"):
        with pytest.raises(Outdated):
            await desk.do(supporting.answered, act("binh", 6), answered(number, support.id, said))

    def read(tx: Transaction) -> tuple[list[tuple[str, str, bool]], list[str]]:
        rows = [(one.state, one.words, one.remind_at is None) for one in tx.supports.of(number)]
        kinds = [link.kind for link in tx.events.chain(f"incident/{number}")]
        return rows, [kind for kind in kinds if kind.startswith("support.")]

    assert await store.look(read) == (
        [("accepted", "không rảnh", True)],
        ["support.asked", "support.accepted"],
    )
    nothing = await desk.do(supporting.begin_answer, act("binh", 7), number)
    assert getattr(nothing.value, "did", "") == "nothing_waits"


async def test_the_end_of_an_incident_stops_the_reminders(
    store: SqlStore, plans: dict[str, Plan]
) -> None:
    number, desk = await begun(store, plans), Desk(store)
    await desk.do(supporting.asked, act("phuc"), asked(number))
    later = NOON + 31 * MINUTE
    assert len(await store.look(lambda tx: tx.supports.due(later))) == 1
    ended = {"state": "closed", "closed_at": NOON}
    await store.run(
        lambda tx: tx.incidents.save(replace(tx.incidents.get(number), **ended))  # type: ignore[arg-type]
    )
    assert await store.look(lambda tx: tx.supports.due(later)) == []
    with pytest.raises(Closed):
        await desk.do(supporting.asked, act("phuc", 40), asked(number))
