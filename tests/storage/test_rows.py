"""Who saves must have seen the latest; one open form of a kind; codes are kept as digests only."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.errors import BadCode, NotFound, Outdated
from bot.domain.escalation import Team, climb
from bot.domain.form import CANCELLED, SENT, Move
from bot.domain.forms import CLOSE, REPORT
from bot.domain.invitation import LIFETIME, Invitation
from bot.domain.people import Identity, Post, Role
from bot.domain.rule import Answer
from bot.services.ports.dialogs import Prompt
from bot.services.ports.messages import Chat
from bot.services.ports.store import Transaction
from storage.store import SqlStore
from tests.storage.rows import MINUTE, NOON, connect, incident, page, person

GROUP = Chat("", private=False)


async def test_only_one_of_two_sweeps_moves_a_page(store: SqlStore) -> None:
    def sweep_of_another(tx: Transaction) -> int:
        (seen,) = (tx.pages.get(number) for number in tx.pages.due(NOON))
        theirs, _ = climb(seen, NOON)
        tx.pages.save(theirs)
        with pytest.raises(Outdated):
            tx.pages.save(climb(seen, NOON)[0])
        return seen.id

    await store.run(lambda tx: page(tx, incident(tx).id))
    number = await store.run(sweep_of_another)
    moved = await store.look(lambda tx: tx.pages.get(number))
    assert (moved.count, moved.version, moved.due_at) == (1, 1, NOON + 5 * MINUTE)
    assert await store.look(lambda tx: tx.pages.due(NOON + 4 * MINUTE)) == []


async def test_a_page_comes_back_as_it_was_saved(store: SqlStore) -> None:
    def work(tx: Transaction) -> None:
        teams = (Team("doi_ung_cuu", (person(tx, "minh").id,)), Team("van_phong", (9,)))
        more = {"units": ("doi_ung_cuu",), "teams": teams, "serious": True}
        one = page(tx, incident(tx).id, **more)
        climbed, call = climb(one, NOON)
        tx.pages.save(climbed)
        assert call is not None
        tx.pages.called(climbed, call, NOON)  # type: ignore[arg-type]
        who = person(tx, "minh").id
        taken = tx.pages.get(one.id).acknowledge(who)
        tx.pages.save(taken)
        tx.pages.acknowledged(taken, who, NOON + MINUTE, NOON + MINUTE)
        again = tx.pages.get(one.id)
        assert again == replace(taken, version=2)
        assert tx.pages.acknowledged_at(again, who) == NOON + MINUTE
        assert [p.id for p in tx.pages.waiting_for(who)] == [one.id]
        assert [p.id for p in tx.pages.taken_by(who)] == [one.id]
        tx.pages.given_back(again, who)
        assert tx.pages.get(one.id).acknowledged == ()
        tx.pages.close_all(one.incident_id)
        closed = tx.pages.get(one.id)
        assert (closed.closed, closed.due_at, closed.version) == (True, None, 3)
        assert tx.pages.waiting_for(who) == []

    await store.run(work)
    with pytest.raises(NotFound):
        await store.look(lambda tx: tx.pages.get(99))


async def test_one_page_of_a_kind_waits_for_an_incident(store: SqlStore) -> None:
    number = (await store.run(lambda tx: incident(tx))).id
    await store.run(lambda tx: page(tx, number))
    await store.run(lambda tx: page(tx, number, kind="verify"))
    with pytest.raises(IntegrityError):
        await store.run(lambda tx: page(tx, number))
    await store.run(lambda tx: tx.pages.close_all(number, "verify"))
    waiting = await store.look(lambda tx: tx.pages.of(number))
    assert waiting is not None
    assert (waiting.kind, waiting.waits) == ("respond", True)
    await store.run(lambda tx: tx.pages.close_all(number))
    await store.run(lambda tx: page(tx, number))


async def test_an_incident_is_saved_by_who_saw_its_latest(store: SqlStore) -> None:
    def both(tx: Transaction) -> None:
        seen = incident(tx, answers={"c1": Answer.YES})
        tx.incidents.answer(seen.id, {"c1": Answer.YES}, 1, NOON)
        tx.incidents.save(replace(seen, now_state="over"))
        with pytest.raises(Outdated):
            tx.incidents.save(replace(seen, state="closed"))
        tx.incidents.answer(seen.id, {"c1": Answer.NO}, 1, NOON)  # the newest counts
        again = tx.incidents.get(seen.id)
        assert again == replace(seen, now_state="over", version=1, answers={"c1": Answer.NO})

    await store.run(both)


async def test_a_number_once_said_is_never_given_again(store: SqlStore, file: Path) -> None:
    def fails(tx: Transaction) -> None:
        incident(tx)
        raise LookupError

    first = (await store.run(lambda tx: incident(tx))).id
    with store.engine.begin() as rows:
        rows.exec_driver_sql("DELETE FROM incidents")
    assert (await store.run(lambda tx: incident(tx))).id == first + 1


async def test_incidents_are_found_by_the_units_they_concern(store: SqlStore) -> None:
    def work(tx: Transaction) -> None:
        here = incident(tx)
        there = incident(tx, scope=("ea_mau",))
        done = incident(tx, state="closed")
        assert [one.id for one in tx.incidents.open_in(["thi_xa"])] == [here.id]
        assert [one.id for one in tx.incidents.open_in(None)] == [here.id, there.id]
        assert [one.id for one in tx.incidents.closed_in(["tan_lap"])] == [done.id]
        assert tx.incidents.closed_in(["ea_mau"]) == []
        lan = person(tx, "lan").id
        assert [one.id for one in tx.incidents.reported_by(lan)] == [done.id, there.id, here.id]

    await store.run(work)


async def test_one_open_form_of_a_kind_for_each_subject(store: SqlStore) -> None:
    def begin(tx: Transaction, about: int = 0) -> int:
        return tx.drafts.add(REPORT, person(tx, "lan").id, about, {}, {}, NOON).id

    def end(tx: Transaction, number: int, how: str) -> None:
        draft = tx.drafts.get(number)
        tx.drafts.save(replace(draft, at=how), draft.version, NOON)

    for how in (SENT, CANCELLED):
        number = await store.run(begin)
        with pytest.raises(IntegrityError):
            await store.run(begin)
        await store.run(partial(end, number=number, how=how))
    await store.run(partial(begin, about=9))
    await store.run(begin)


async def test_a_form_is_saved_by_who_saw_its_latest(store: SqlStore) -> None:
    def work(tx: Transaction) -> None:
        lan = person(tx, "lan").id
        draft = tx.drafts.add(REPORT, lan, 0, {"told": "hỏng"}, {"systems": [["pc", "Máy"]]}, NOON)
        moved = draft.moved(Move("answer", "pc"))
        tx.drafts.save(moved, draft.version, NOON)
        with pytest.raises(Outdated):
            tx.drafts.save(moved, draft.version, NOON)
        assert tx.drafts.get(draft.id) == replace(moved, said=None)
        assert tx.drafts.open_of(lan, REPORT) == tx.drafts.newest_open(lan)
        assert tx.drafts.open_of(lan, CLOSE) is None
        assert tx.drafts.open_of(lan, REPORT, about=9) is None
        with pytest.raises(Outdated):
            tx.drafts.get(999)

    await store.run(work)


async def test_a_prompt_is_the_last_question_of_one_person_in_one_chat(store: SqlStore) -> None:
    def work(tx: Transaction) -> None:
        lan, minh = person(tx, "lan").id, person(tx, "minh").id
        tx.prompts.asked("g", lan, Prompt("form", 1, 1), NOON)
        tx.prompts.asked("g", lan, Prompt("form", 1, 2), NOON)
        tx.prompts.asked("g", minh, Prompt("menu", 0, 0), NOON)
        assert tx.prompts.last("g", lan) == Prompt("form", 1, 2)
        assert tx.prompts.last("private", lan) is None
        tx.prompts.forget("g", lan)
        assert tx.prompts.last("g", lan) is None
        assert tx.prompts.last("g", minh) == Prompt("menu", 0, 0)

    await store.run(work)


async def test_of_an_invitation_only_the_digest_is_kept(store: SqlStore, file: Path) -> None:
    code = Invitation("ACDEFGHJKM", Role.DUTY, "thi_xa", None, NOON + LIFETIME)
    await store.run(lambda tx: tx.invitations.add(code, NOON))
    assert await store.look(lambda tx: tx.invitations.find("ACDEFGHJKM")) == code
    assert await store.look(lambda tx: tx.invitations.find("ACDEFGHJKN")) is None
    for written in file.parent.iterdir():
        assert b"ACDEFGHJKM" not in written.read_bytes()


async def test_two_who_redeem_at_once(store: SqlStore) -> None:
    def both(tx: Transaction) -> None:
        code = Invitation("ACDEFGHJKM", Role.DUTY, "thi_xa", None, NOON + LIFETIME)
        tx.invitations.add(code, NOON)
        tx.invitations.save(code.redeem(1, NOON))
        with pytest.raises(BadCode):
            tx.invitations.save(code.redeem(2, NOON))
        found = tx.invitations.find(code.code)
        assert found is not None
        assert found.used_by == 1

    await store.run(both)


async def test_who_joined_as_a_newcomer_is_taken_over_by_the_listed_person(store: SqlStore) -> None:
    def work(tx: Transaction) -> None:
        hung, post = person(tx, "hung"), Post(Role.RESPONDER, "doi_ung_cuu")
        assert hung.id in [one.id for one in tx.people.unlinked(Role.RESPONDER, "doi_ung_cuu")]
        newcomer = tx.people.add("Hùng", post, "vi", NOON)
        tx.people.link(Identity("test", "bot", "5"), newcomer.id)
        tx.chats.seen(chat := replace(GROUP, address="test:bot:5", private=True), newcomer.id, NOON)
        draft = tx.drafts.add(REPORT, newcomer.id, 0, {}, {}, NOON)
        assert tx.people.absent([hung.id, newcomer.id]) == {hung.id}
        tx.people.take_over(newcomer.id, hung.id, NOON)
        assert tx.people.known_as(Identity("test", "bot", "5")) == tx.people.get(hung.id)
        assert tx.chats.private_of(hung.id) == chat.address
        assert tx.drafts.get(draft.id).author_id == hung.id
        assert tx.people.absent([hung.id, newcomer.id]) == {newcomer.id}
        team = tx.people.holding((Role.RESPONDER,), ["doi_ung_cuu"])
        assert [one.name for one in team] == ["anh Minh", "anh Hùng"]
        assert tx.people.unlinked(Role.RESPONDER, "doi_ung_cuu") == [person(tx, "minh")]

    await store.run(work)


async def test_people_are_told_in_their_order_each_once(store: SqlStore) -> None:
    def work(tx: Transaction) -> None:
        roles = (Role.RESPONDER, Role.SECURITY_OFFICER)
        both = tx.people.holding(roles, ["doi_ung_cuu", "thi_xa"])
        assert [one.name for one in both] == ["anh Minh", "anh Hùng"]
        late = tx.people.add("Tú", Post(Role.RESPONDER, "doi_ung_cuu"), "vi", NOON)
        tx.people.give(late.id, Post(Role.RESPONDER, "doi_ung_cuu"), NOON)  # held already
        assert [one.id for one in tx.people.holding(roles, ["doi_ung_cuu"])][-1] == late.id
        assert len(tx.people.get(late.id).posts) == 1
        tx.people.give(late.id, Post(Role.ADMIN, "thi_xa"), NOON)
        assert not tx.people.any_admin_linked()
        tx.people.link(Identity("test", "bot", "9"), late.id)
        assert tx.people.any_admin_linked()
        assert tx.people.answered_test(late.id, NOON)
        assert not tx.people.answered_test(late.id, NOON)
        with pytest.raises(NotFound):
            tx.people.get(999)

    await store.run(work)


async def test_a_block_makes_a_person_absent_until_they_write_again(store: SqlStore) -> None:
    minh = (await store.run(lambda tx: connect(tx, "minh"))).id
    assert await store.look(lambda tx: tx.people.absent([minh])) == frozenset()
    await store.run(lambda tx: tx.chats.lost("test:bot:minh", "blocked", NOON))
    assert await store.look(lambda tx: tx.people.absent([minh])) == {minh}
    again = replace(GROUP, address="test:bot:minh", private=True)
    await store.run(lambda tx: tx.chats.seen(again, minh, NOON + timedelta(hours=1)))
    assert await store.look(lambda tx: tx.people.absent([minh])) == frozenset()
