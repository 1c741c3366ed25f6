"""Which verdicts ask a leader, and what a secret incident is called aloud."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from bot.domain.incident import Incident, Standing
from bot.domain.severity import Needs, Serious, SeriousByPlan


@pytest.mark.parametrize(("needs", "law", "plan"), list(product(Needs, Serious, SeriousByPlan)))
def test_a_leader_is_asked_only_when_it_is_known_to_be_grave(
    needs: Needs, law: Serious, plan: SeriousByPlan
) -> None:
    asked = Standing(needs, law, plan).for_leaders
    grave = law is Serious.YES or plan is SeriousByPlan.PROPOSED
    assert asked == (needs is Needs.YES and grave)


@pytest.mark.parametrize(("needs", "law", "plan"), list(product(Needs, Serious, SeriousByPlan)))
def test_what_is_only_proposed_is_not_serious_yet(
    needs: Needs, law: Serious, plan: SeriousByPlan
) -> None:
    decided = law is Serious.YES or plan is SeriousByPlan.CONFIRMED
    assert Standing(needs, law, plan).is_serious == (needs is Needs.YES and decided)


def test_chua_ro_alone_wakes_no_leader() -> None:
    assert not Standing().for_leaders


def test_the_code_of_a_secret() -> None:
    noon = datetime(2026, 11, 21, 5, tzinfo=UTC)
    assert Incident(12, "xa", "", 1, "p", "d", noon).code == "SC012"
    assert Incident(1234, "xa", "", 1, "p", "d", noon).code == "SC1234"


def test_what_was_told_by_somebody_else_is_hearsay_until_it_is_verified() -> None:
    noon = datetime(2026, 11, 21, 5, tzinfo=UTC)
    seen = Incident(12, "xa", "", 1, "p", "d", noon)
    told = replace(seen, source="phone")
    assert (seen.is_hearsay, told.is_hearsay) == (False, True)
    assert not replace(told, verified_at=noon).is_hearsay
    assert seen.is_unverified, "whoever told it"
    assert not replace(seen, verified_at=noon).is_unverified
