"""429: how much may be sent, and when there is room again."""

import pytest

from bot.sandbox.limits import Gauge, Limits
from bot.sandbox.refusals import TooMany
from tests.sandbox.wire import Wire


class Watch:
    """A clock that a test holds in its hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


def wait(gauge: Gauge, limits: Limits, chat: int, *, edit: bool = False) -> int:
    """0 when it goes through, else retry_after."""
    try:
        gauge.let_through(limits, chat, edit=edit)
    except TooMany as refusal:
        return refusal.retry_after or -1
    return 0


def test_a_burst_into_a_chat_then_one_a_second(watch: Watch) -> None:
    gauge, limits = Gauge(watch), Limits()
    assert [wait(gauge, limits, 1) for _ in range(6)] == [0, 0, 0, 0, 0, 1]
    assert wait(gauge, limits, 2) == 0
    watch.now += 1
    assert [wait(gauge, limits, 1) for _ in range(2)] == [0, 1]


def test_thirty_a_second_in_all(watch: Watch) -> None:
    gauge, limits = Gauge(watch), Limits()
    assert [wait(gauge, limits, chat) for chat in range(1, 32)] == [0] * 30 + [1]
    watch.now += 1
    assert wait(gauge, limits, 31) == 0


def test_twenty_a_minute_into_a_group(watch: Watch) -> None:
    gauge, limits = Gauge(watch), Limits()
    for _ in range(20):
        assert wait(gauge, limits, -1) == 0
        watch.now += 1
    assert wait(gauge, limits, -1) == 40
    watch.now += 39
    assert wait(gauge, limits, -1) == 1
    watch.now += 1
    assert wait(gauge, limits, -1) == 0


def test_edits_in_a_group_are_counted_by_themselves(watch: Watch) -> None:
    gauge, limits = Gauge(watch), Limits()
    assert [wait(gauge, limits, -1, edit=True) for _ in range(21)] == [0] * 20 + [60]
    assert wait(gauge, limits, -1) == 0
    assert wait(gauge, limits, 1, edit=True) == 0


def test_switched_off(watch: Watch) -> None:
    assert [wait(Gauge(watch), Limits(on=False), -1) for _ in range(100)] == [0] * 100
    none = Limits(bot_per_second=0, chat_burst=0, group_per_minute=0)
    gauge = Gauge(watch)
    assert [wait(gauge, none, -1) for _ in range(100)] == [0] * 100


async def test_the_bot_is_told_when_to_come_again(wire: Wire) -> None:
    person = await wire.person()
    await wire.people("limits", {"chat_burst": 1, "chat_per_second": 0.01})
    sent = await wire.send(person)
    body = await wire.call("sendMessage", chat_id=person, text="x")
    assert body["error_code"] == 429
    after = body["parameters"]["retry_after"]
    assert body["description"] == f"Too Many Requests: retry after {after}"
    assert 90 < after <= 100
    edit = {"chat_id": person, "message_id": sent["message_id"], "text": "y"}
    await wire.ok("editMessageText", **edit)
    assert (await wire.people("limits", {"on": False}))["on"] is False
    await wire.send(person)
    assert (await wire.people("limits"))["chat_burst"] == 1
