"""The paced queue, on a clock that jumps: what leaves when, whatever comes."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.platforms.pace import LATE, Pace, Urgency
from tests.platforms.virtual_time import at, run

EVEN = 1.02 / 30
NEVER = 1e-6  # seconds that a rounding may cost


@dataclass(frozen=True)
class Said:
    at: float
    urgency: Urgency = Urgency.NOTICE
    chat: str = "1"
    of: str = ""


async def leave(pace: Pace, all_of_it: Iterable[Said]) -> list[tuple[float, Said]]:
    """Everything said at its moment; when each left, in the order of leaving."""
    left: list[tuple[float, Said]] = []

    async def say(said: Said) -> None:
        await at(said.at)
        await pace.turn(said.urgency, said.chat, said.chat.startswith("-"), said.of)
        left.append((asyncio.get_running_loop().time(), said))

    await asyncio.gather(*(say(said) for said in all_of_it))
    return left


def leaving(all_of_it: Iterable[Said]) -> list[tuple[float, Said]]:
    async def story() -> list[tuple[float, Said]]:
        return await leave(Pace(), all_of_it)

    return run(story())


def test_an_urgent_page_overtakes_305_notices() -> None:
    page = Said(2.2, Urgency.PAGE, "page")
    left = leaving([*(Said(0, chat=str(number)) for number in range(305)), page])
    assert len(left) == 306
    assert left[-1][0] == pytest.approx(305 * EVEN)
    came = next(moment for moment, said in left if said is page)
    assert came - 2.2 <= EVEN


def test_a_lone_message_leaves_at_once() -> None:
    assert leaving([Said(5)]) == [(5, Said(5))]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.builds(
            Said,
            at=st.floats(0, 40),
            urgency=st.sampled_from(Urgency),
            chat=st.sampled_from(["1", "2", "3", "-7", "-8", *map(str, range(10, 60))]),
            of=st.sampled_from("abc"),
        ),
        max_size=250,
    )
)
def test_no_limit_is_ever_exceeded_and_everything_leaves(all_of_it: list[Said]) -> None:
    left = leaving(all_of_it)
    assert sorted(left, key=lambda pair: pair[0]) == left
    assert len(left) == len(all_of_it)
    assert all(moment >= said.at - NEVER for moment, said in left)
    moments = [moment for moment, _ in left]
    ahead = [moment - place * EVEN for place, moment in enumerate(moments)]
    assert all(
        one >= best - LATE - NEVER for one, best in zip(ahead, accumulate(ahead, max), strict=True)
    )
    for chat in {said.chat for said in all_of_it}:
        its = [moment for moment, said in left if said.chat == chat]
        for first, since in enumerate(its):
            for last in range(first, len(its)):
                many, seconds = last - first + 1, its[last] - since
                if chat.startswith("-"):
                    assert many <= 18 or seconds >= 60 - NEVER
                    assert many <= 3 + seconds / 3.75 + NEVER
                else:
                    assert many <= 3 + seconds + NEVER
        for urgency in Urgency:
            same = [said.at for _, said in left if (said.chat, said.urgency) == (chat, urgency)]
            assert same == sorted(same), "one chat hears things in the order they were said"


def test_a_chat_that_must_wait_holds_up_nobody_else() -> None:
    full = [Said(0, Urgency.PAGE, "full") for _ in range(10)]
    left = leaving([*full, Said(0.5, Urgency.CARD, "free")])
    assert (0.5, Said(0.5, Urgency.CARD, "free")) in left
    assert left[-1][0] == pytest.approx(7)


def test_a_group_hears_18_times_a_minute_and_no_more() -> None:
    left = [moment for moment, _ in leaving(Said(0, chat="-1") for _ in range(60))]
    for first in range(len(left) - 18):
        assert left[first + 18] - left[first] >= 60 - NEVER
    assert left[17] < 60, "as much as may be said is said"


def test_two_incidents_take_turns() -> None:
    long = [Said(0, chat=f"a{number}", of="long") for number in range(100)]
    short = [Said(1, chat=f"b{number}", of="short") for number in range(10)]
    left = leaving([*long, *short])
    after = [said.of for moment, said in left if moment >= 1][:20]
    assert after.count("short") in (9, 10)


def test_a_new_incident_does_not_go_before_one_that_waits_its_turn() -> None:
    first = [Said(0, chat=f"a{number}", of="old") for number in range(3)]
    others = [Said(0.001 * number, chat=f"n{number}", of=f"new{number}") for number in range(1, 60)]
    left = [said.of for _, said in leaving([*first, *others])]
    assert [place for place, of in enumerate(left) if of == "old"][1] <= 3


def test_a_flood_of_pages_silences_nothing_for_ever() -> None:
    pages = [Said(number * EVEN / 2, Urgency.PAGE, f"p{number}") for number in range(2000)]
    card = Said(1, Urgency.CARD, "card")
    left = leaving([*pages, card])
    assert next(moment for moment, said in left if said is card) <= 1 + 15 + 5 * EVEN


def test_cards_leave_room_in_a_group_for_what_is_urgent() -> None:
    cards = [Said(0, Urgency.CARD, "-1") for _ in range(10)]
    page = Said(10, Urgency.PAGE, "-1")
    left = leaving([*cards, page])
    assert next(moment for moment, said in left if said is page) <= 10 + EVEN


def test_who_goes_away_leaves_no_hole() -> None:
    async def story() -> list[float]:
        pace = Pace()
        loop = asyncio.get_running_loop()
        moments: list[float] = []

        async def say() -> None:
            await pace.turn(Urgency.NOTICE, "1", False)
            moments.append(loop.time())

        tasks = [asyncio.create_task(say()) for _ in range(8)]
        await at(0.5)
        for task in tasks[3:6]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return moments

    assert run(story()) == pytest.approx([0, EVEN, 2 * EVEN, 1, 2])


def test_who_goes_away_when_called_gives_the_chat_its_place_back() -> None:
    async def story() -> float:
        loop = asyncio.get_running_loop()
        going: list[asyncio.Task[None]] = []

        def call_and_interrupt(call: Callable[[], None]) -> None:
            call()  # gives the turn
            going[0].cancel()  # before the one that waits has noticed

        pace = Pace(
            burst=1, later=lambda wait, call: loop.call_later(wait, call_and_interrupt, call)
        )
        await pace.turn(Urgency.NOTICE, "first", False)
        going.append(asyncio.create_task(pace.turn(Urgency.NOTICE, "1", False)))
        await asyncio.wait(going)
        assert going[0].cancelled()
        await pace.turn(Urgency.NOTICE, "1", False)
        return loop.time()

    assert run(story()) <= 2 * EVEN + NEVER


def test_a_held_chat_waits_as_told_and_others_do_not() -> None:
    async def story() -> list[tuple[float, Said]]:
        pace = Pace()
        await pace.turn(Urgency.NOTICE, "1", False)
        pace.hold("1", 7)
        pace.hold("1", 2)  # a shorter one takes nothing back
        return await leave(pace, [Said(1, Urgency.PAGE, "1"), Said(1, Urgency.CARD, "2")])

    assert [(moment, said.chat) for moment, said in run(story())] == [(1, "2"), (7, "1")]


def test_a_held_bot_says_nothing_to_anybody_who_waits_already() -> None:
    async def story() -> list[tuple[float, Said]]:
        pace = Pace()
        asyncio.get_running_loop().call_at(0.01, lambda: pace.hold(None, 5))
        return await leave(pace, [Said(0, chat="1"), Said(0, chat="2"), Said(1, chat="3")])

    assert [moment for moment, _ in run(story())] == pytest.approx([0, 5.01, 5.01 + 1.1 * EVEN])


def test_after_a_429_of_the_whole_bot_it_is_slower_until_nobody_waits() -> None:
    async def story() -> list[float]:
        pace = Pace()
        many = [Said(0, chat=str(number)) for number in range(4)]
        for moment in (0.01, 0.02):  # two that were refused in the same storm
            asyncio.get_running_loop().call_at(moment, lambda: pace.hold(None, 1))
        left = await leave(pace, many)
        await at(5)
        return [moment for moment, _ in [*left, *await leave(pace, many)]]

    slow = [0, 1.02, 1.02 + 1.1 * EVEN, 1.02 + 2.2 * EVEN]
    assert run(story()) == pytest.approx([*slow, *(5 + place * EVEN for place in range(4))])


def test_it_never_becomes_slower_than_half() -> None:
    async def story() -> list[float]:
        pace = Pace()
        loop = asyncio.get_running_loop()
        for second in range(30):
            loop.call_at(second, lambda: pace.hold(None, 0.5))
        left = await leave(pace, [Said(0, chat=str(number)) for number in range(400)])
        return [moment for moment, _ in left if moment > 31]

    moments = run(story())
    assert [b - a for a, b in pairwise(moments)] == pytest.approx([2 * EVEN] * (len(moments) - 1))


def test_timers_that_come_late_do_not_slow_the_queue_down() -> None:
    async def story(late: float) -> float:
        loop = asyncio.get_running_loop()
        pace = Pace(later=lambda wait, call: loop.call_later(wait + late, call))
        return (await leave(pace, [Said(0, chat=str(number)) for number in range(100)]))[-1][0]

    assert run(story(0.9 * LATE)) <= 99 * EVEN + LATE
    assert run(story(2 * LATE)) > 99 * EVEN + LATE, "but nothing is made up for by a burst"


def test_the_window_of_a_second_has_room_for_what_crowds_together() -> None:
    assert 30 * EVEN - LATE >= 1.005


@pytest.mark.parametrize("ahead", list(pairwise(Urgency)))
def test_what_is_more_urgent_leaves_first_though_it_came_last(
    ahead: tuple[Urgency, Urgency],
) -> None:
    sooner, later = ahead
    left = leaving([Said(0, later, "0"), Said(0, later, "1"), Said(0.001, sooner, "2")])
    assert [said.chat for _, said in left] == ["0", "2", "1"]


def test_a_pause_lasts_as_long_as_asked() -> None:
    async def story() -> float:
        await Pace().pause(3)
        return asyncio.get_running_loop().time()

    assert run(story()) == pytest.approx(3)


def test_chats_that_owe_nothing_are_forgotten() -> None:
    async def story() -> int:
        pace = Pace()
        await leave(pace, [Said(number, chat=str(number)) for number in range(600)])
        return len(pace._lanes)

    assert run(story()) <= 257


@pytest.mark.parametrize(
    "wrong", [{"per_second": 0}, {"chat_per_second": -1}, {"burst": 0}, {"group_per_minute": 2}]
)
def test_a_pace_that_cannot_be_kept_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="rates above 0"):
        Pace(**wrong)  # type: ignore[arg-type]
