"""A page that nobody answers, on a pushed clock: the real climb, moment by moment."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from bot.domain.channel import Channel, calling
from bot.domain.escalation import Call, Page, Rung, climb
from bot.domain.rehearsal import Moment, Step, Told, rehearse

TWO = datetime(2026, 11, 27, 19, tzinfo=UTC)  # Saturday 02:00 in Vietnam
WAIT = timedelta(minutes=5)
MINH, HOA, BINH = 1, 2, 3
CHATS = {
    MINH: (Channel("zalo:2:m", TWO), Channel("telegram:1:m", TWO - WAIT)),
    HOA: (Channel("zalo:2:h", TWO),),
    BINH: (Channel("telegram:1:b", TWO),),
}


def rehearsed(
    page: Page, absent: frozenset[int] = frozenset(), hushed: frozenset[int] = frozenset()
) -> list[Moment]:
    def step(page: Page, at: datetime) -> Step:
        return Step(*climb(page, at, absent, hushed), absent, hushed)

    def tell(page: Page, call: Call, at: datetime) -> Mapping[int, Sequence[tuple[int, str]]]:
        return {who: [(call.heard, calling(CHATS[who], call.heard))] for who in call.person_ids}

    return rehearse(page, TWO + timedelta(minutes=30), step, tell, lambda step, at: ([BINH], 1))


def page(*rungs: tuple[int, ...], times: int = 2, serious: bool = False) -> Page:
    ladder = tuple(Rung(people, WAIT, times) for people in rungs)
    return Page(0, 0, "respond", ladder, TWO, TWO, serious=serious)


def minutes(line: list[Moment]) -> list[int]:
    return [int((one.at - TWO).total_seconds() // 60) for one in line]


def test_each_is_told_twice_by_another_channel_then_the_next() -> None:
    line = rehearsed(page((MINH, BINH), (HOA,)))
    assert minutes(line) == [0, 5, 10, 15, 20, 25]
    assert line[0].told == (Told(MINH, 1, "zalo:2:m"), Told(BINH, 1, "telegram:1:b"))
    assert line[1].told == (Told(MINH, 2, "telegram:1:m"), Told(BINH, 2, "telegram:1:b"))
    assert line[2].told == (Told(HOA, 1, "zalo:2:h"),)
    assert (line[4].exhausted, line[4].cried, line[4].rooms) == (1, (BINH,), 1)
    assert not any(one.is_gap for one in line)
    assert line[5].told[0].turn == 3  # it goes round again


def test_a_step_with_nobody_on_call_waits_for_nothing_and_is_marked() -> None:
    line = rehearsed(page((MINH,), (HOA,)), absent=frozenset({MINH}))
    assert line[0].passed == (MINH,)
    assert line[0].told == (Told(HOA, 1, "zalo:2:h"),)
    assert line[0].hushed == ()
    assert minutes(line)[:3] == [0, 5, 10]


def test_whoever_is_spared_is_told_apart_from_whoever_is_missed() -> None:
    line = rehearsed(page((MINH,), (HOA,), (BINH,)), frozenset({HOA}), frozenset({MINH, HOA}))
    assert line[0].passed == (MINH, HOA)
    assert line[0].hushed == (MINH,)
    assert line[0].told[0].person_id == BINH
    serious = rehearsed(page((MINH,), (HOA,), serious=True), frozenset(), frozenset({MINH, HOA}))
    assert serious[0].passed == ()
    assert serious[0].told[0].person_id == MINH


def test_of_two_on_one_rung_the_one_who_is_missed_is_named() -> None:
    line = rehearsed(page((MINH, HOA)), absent=frozenset({HOA}))
    assert line[0].passed == (HOA,)
    assert line[0].told == (Told(MINH, 1, "zalo:2:m"),)
    assert line[1].passed == ()  # said once, not at each repetition


def test_an_empty_order_is_cried_at_once() -> None:
    line = rehearsed(page())
    assert minutes(line)[:2] == [0, 5]
    assert all(one.exhausted for one in line)
    alone = rehearsed(page((MINH,)), absent=frozenset({MINH}))
    assert alone[0].passed == (MINH,)
    assert Moment(TWO).is_gap
    assert not alone[0].is_gap  # the duty officer hears it


def test_nothing_is_rehearsed_of_a_page_that_waits_for_nobody() -> None:
    assert rehearsed(page((MINH,)).close()) == []

    def nothing(page: Page, at: datetime) -> Step:
        return Step(page, None)

    line = rehearse(page((MINH,)), TWO + WAIT, nothing, lambda *_: {}, lambda *_: ((), 0))
    assert line == []  # and it comes to an end
