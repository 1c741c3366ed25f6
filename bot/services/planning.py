"""Use cases of the plans themselves: a new version put in force, the earlier ones kept.

Open incidents stay on the version that they were reported under; what is not new changes nothing.
"""

from collections.abc import Sequence

from bot.domain.people import Act, Verb
from bot.services.ports.books import PlanVersion, Texts
from bot.services.ports.store import Transaction

PRODUCT = -1  # who has put in force what comes with the program


def put_in_force(tx: Transaction, act: Act, text: str, base_text: str) -> PlanVersion:
    """python -m bot plan apply FILE, for every report from now on.

    Raises whatever is wrong in the texts; then nothing has changed.
    """
    act.require(Verb.PLAN)
    texts = (text, base_text)
    plan = tx.plans.made(texts)
    held = _held(tx, plan.id)
    if held is not None and held.digest == plan.digest:
        return held
    known = [one for one in tx.plans.versions(plan.id) if one.digest == plan.digest]
    before = tx.plans[plan.id].digest if plan.id in tx.plans else ""
    if known:
        tx.plans.enforce(known[0], act.at)
        put = next(one for one in tx.plans.versions(plan.id) if one.id == known[0].id)
    else:
        put = tx.plans.add(plan, texts, act.person.id, act.at, True)
    tx.record(f"plan/{plan.id}", "plan.put_in_force", digest=plan.digest, before=before)
    return put


def enrol(tx: Transaction, act: Act, texts: Sequence[Texts]) -> int:
    """The packs that come with the program are kept, so that an incident finds its own version
    after the program has been renewed; a version that an administrator has put in force stands.

    How many were new.
    """
    act.require(Verb.PLAN)
    new = 0
    for pair in texts:
        plan = tx.plans.made(pair)
        versions = tx.plans.versions(plan.id)
        if any(one.digest == plan.digest for one in versions):
            continue
        held = _held(tx, plan.id)
        ours = held is None or held.by == PRODUCT
        tx.plans.add(plan, pair, PRODUCT, act.at, ours)
        tx.record(f"plan/{plan.id}", "plan.kept", digest=plan.digest, in_force=ours)
        new += 1
    return new


def versions(tx: Transaction, act: Act, plan_id: str) -> Sequence[PlanVersion]:
    """Every version that is kept, the newest first."""
    act.require(Verb.PLAN)
    return tx.plans.versions(plan_id)


def _held(tx: Transaction, plan_id: str) -> PlanVersion | None:
    return next((one for one in tx.plans.versions(plan_id) if one.in_force), None)
