"""From a notice to its place in the queue; the rows are claimed in the same order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.notice import Notice
from bot.platforms.outbox import urgency
from bot.platforms.pace import Urgency
from storage.notices import RANK

NOTICES = st.builds(
    Notice,
    kind=st.sampled_from(["page.respond", "test", "round.asked", "watch.test", "tasks.opened"]),
    urgency=st.sampled_from(sorted(RANK)),
    facts=st.fixed_dictionaries({}, optional={"turn": st.integers(1, 9)}),
)


@pytest.mark.parametrize(
    ("notice", "leaves"),
    [
        (Notice("page.respond", urgency="page", facts={"turn": 1}), Urgency.FIRST_PAGE),
        (Notice("page.respond", urgency="page", facts={"turn": 2}), Urgency.PAGE),
        (Notice("page.nobody_respond", urgency="page", facts={"turn": 1}), Urgency.FIRST_PAGE),
        (Notice("leader.urgent", urgency="page"), Urgency.FIRST_PAGE),
        (Notice("watch.test", urgency="page"), Urgency.FIRST_PAGE),
        (Notice("test"), Urgency.TEST),
        (Notice("round.asked"), Urgency.TEST),
        (Notice("task.call"), Urgency.TASK),
        (Notice("tasks.opened"), Urgency.TASK),
        (Notice("clock.due"), Urgency.NOTICE),
        (Notice("tasks.informed", urgency="quiet"), Urgency.CHATTER),
    ],
)
def test_each_notice_has_its_place(notice: Notice, leaves: Urgency) -> None:
    assert urgency(notice) is leaves


@given(NOTICES, NOTICES)
def test_what_is_claimed_first_is_never_sent_last(one: Notice, other: Notice) -> None:
    if RANK[one.urgency] < RANK[other.urgency]:
        assert urgency(one) < urgency(other)
