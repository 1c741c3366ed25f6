"""What the users of other systems suffered, and the test of ours that holds each of it.

OC: Grafana OnCall, GA: GoAlert, HC: healthchecks; by their issues. A test says in its name or in
its docstring which complaint it is about.
"""

import ast
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

TESTS = Path(__file__).parent.parent


class Complaint(NamedTuple):
    """`says`: the reference, or words of the test's name."""

    about: str
    says: tuple[str, ...]
    tests: tuple[str, ...]


PAGING = (
    Complaint(
        "silent for hours after a restart",
        ("OC#1206",),
        (
            "flows/test_auditor.py::"
            "test_downtime_of_five_and_a_half_hours_is_gone_on_from_at_once_oc_1206",
        ),
    ),
    Complaint(
        "the auditor was off, and nobody knew",
        ("OC#724",),
        (
            "flows/test_auditor.py::"
            "test_an_auditor_that_is_switched_off_withholds_the_heartbeat_oc_724",
        ),
    ),
    Complaint(
        "one person's failure silenced another",
        ("OC#1503", "one_persons_failed_page"),
        (
            "flows/test_auditor.py::test_one_poisoned_page_does_not_stop_the_others",
            "flows/test_other_ways.py::"
            "test_one_persons_failed_page_does_not_keep_the_others_from_being_told",
        ),
    ),
    Complaint(
        "no contact method, and directors were woken",
        ("OC#1326", "contact_method"),
        (
            "flows/test_readiness.py::"
            "test_someone_without_a_contact_method_is_told_of_before_a_page_skips_them",
            "rules/test_reach.py::"
            "test_whoever_has_no_contact_method_is_named_before_a_page_skips_to_directors",
        ),
    ),
    Complaint(
        "acknowledged and forgotten",
        ("OC#1792", "GA#3378", "acknowledged_then_forgotten"),
        ("flows/test_still.py::test_acknowledged_then_forgotten_is_asked_and_climbs_again",),
    ),
    Complaint(
        "a rung of nobody is waited for",
        ("GA#4548",),
        ("flows/test_lead_units.py::test_a_step_with_nobody_on_call_does_not_wait_its_delay",),
    ),
    Complaint(
        "what failed stands nowhere",
        ("GA#650",),
        (
            "flows/test_paging.py::"
            "test_who_blocked_the_bot_is_passed_over_at_once_and_the_log_says_so",
            "faults/test_page_faults.py::test_the_api_dead_for_an_hour_leaves_nobody_out",
        ),
    ),
    Complaint(
        "nobody knew that it goes on",
        ("OC#275",),
        (
            "flows/test_lead_units.py::"
            "test_the_message_says_that_escalation_goes_on_until_somebody_acknowledges",
        ),
    ),
)
NOISE = (
    Complaint(
        "the log floods the group",
        ("OC#3849",),
        ("platforms/test_lessons_pace.py::test_log_messages_do_not_flood_the_group",),
    ),
    Complaint(
        "the same calendar edit again and again",
        ("OC#1553", "OnCall#1553"),
        (
            "flows/test_importing.py::"
            "test_what_was_brought_in_is_on_duty_and_twice_the_same_says_nothing_to_the_group",
            "rules/test_roster_findings.py::test_one_calendar_edit_never_posts_every_ten_minutes",
        ),
    ),
    Complaint(
        "of a hundred failures most are hidden",
        ("HC#557", "of_a_hundred"),
        (
            "rules/test_round.py::test_of_a_hundred_failures_none_is_hidden",
            "flows/test_roster.py::test_of_a_hundred_findings_each_has_its_line",
        ),
    ),
)
TELEGRAM = (
    Complaint(
        "the group's id changed",
        ("HC#132", "grafana#31373"),
        ("flows/test_delivery.py::test_a_group_that_becomes_a_supergroup_takes_everything_along",),
    ),
    Complaint(
        "no topics; a closed General one",
        ("HC#852",),
        ("flows/test_delivery.py::test_a_topic_that_is_closed_and_then_the_general_one",),
    ),
    Complaint(
        "marks lost the message",
        ("alertmanager#2923",),
        ("faults/test_page_faults.py::test_unescaped_or_cut_html_loses_no_message",),
    ),
    Complaint(
        "one noisy tenant delays all",
        ("uptimepage#71",),
        (
            "platforms/test_flood.py::test_one_noisy_incident_does_not_delay_the_page_of_another",
            "storage/test_messages.py::"
            "test_an_incident_with_500_waiting_pages_does_not_starve_another",
        ),
    ),
    Complaint(
        "presses answered late",
        ("press_is_answered_at_once",),
        ("platforms/test_flood.py::test_a_press_is_answered_at_once_while_the_queue_is_full",),
    ),
    Complaint(
        "stale buttons",
        ("old_button", "outlived_button"),
        (
            "flows/test_report_dialog.py::"
            "test_an_old_button_changes_nothing_and_shows_what_is_true",
            "flows/test_bad_input.py::test_a_made_up_or_outlived_button_shows_what_is_true_now",
        ),
    ),
    Complaint(
        "linking codes for ever",
        ("linking code expires", "good_until", "good_once"),
        (
            "flows/test_channels.py::test_one_more_account_is_linked_by_its_owner_alone",
            "rules/test_invitation.py::test_a_code_is_good_until_its_last_moment",
            "rules/test_invitation.py::test_a_code_is_good_once",
        ),
    ),
    Complaint(
        "a webhook open to all",
        ("does_not_know_the_secret",),
        ("platforms/test_webhook.py::test_whoever_does_not_know_the_secret_is_turned_away",),
    ),
    Complaint(
        "a button of something deleted",
        ("deleted alert",),
        ("flows/test_bad_input.py::test_a_made_up_or_outlived_button_shows_what_is_true_now",),
    ),
    Complaint(
        "only administrators could link anybody",
        ("OC#1617",),
        ("flows/test_channels.py::test_one_more_account_is_linked_by_its_owner_alone",),
    ),
)
TIME = (
    Complaint(
        "right in UTC alone, or by the editor's zone",
        ("unless_utc", "zone"),
        (
            "rules/test_duty.py::"
            "test_rotations_are_not_wrong_unless_utc_and_follow_no_editors_zone",
            "rules/test_duty.py::test_naive_moments_are_refused_lest_the_machines_zone_decides",
            "storage/test_store.py::test_a_time_without_a_zone_is_refused",
        ),
    ),
)
EVERY = (*PAGING, *NOISE, *TELEGRAM, *TIME)


@cache
def found_in(file: str) -> dict[str, str]:
    """By name, with their docstrings."""
    tree = ast.parse((TESTS / file).read_text("utf-8"))
    functions = [
        one for one in tree.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return {one.name: ast.get_docstring(one) or "" for one in functions}


@pytest.mark.parametrize("complaint", EVERY, ids=lambda one: one.says[0])
def test_each_complaint_has_a_test_that_says_so(complaint: Complaint) -> None:
    for test in complaint.tests:
        file, _, name = test.partition("::")
        assert name in found_in(file), f"{complaint.about}: there is no {test}"
        docstring = found_in(file)[name]
        said = any(word in name or word in docstring for word in complaint.says)
        assert said, f"{complaint.about}: {test} does not say {' or '.join(complaint.says)}"
