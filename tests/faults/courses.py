"""The course of each incident as its log tells it: every step once, each after what it follows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.domain.timeline import Link
from tests.faults.book import facts

# From which states an event may lead to the next: of a task, of an incident, of a page.
TASK: dict[str, tuple[set[str], str]] = {
    "task.opened": ({"", "held", "offered", "done", "dropped"}, "open"),
    "task.held": ({"", "done", "dropped"}, "held"),
    "task.offered": ({"", "done", "dropped"}, "offered"),
    "task.taken": ({"open", "given", "blocked"}, "taken"),
    "task.blocked": ({"open", "given", "taken", "blocked"}, "blocked"),
    "task.passed": ({"open", "given", "taken", "blocked"}, "given"),
    "task.assigned": ({"open", "given", "taken", "blocked"}, "given"),
    "task.partly": ({"open", "given", "taken", "blocked"}, "taken"),  # whoever says so has it
    "task.done": ({"open", "given", "taken", "blocked"}, "done"),
    "task.resumed": ({"dropped"}, "taken"),
    "task.undone": ({"done", "dropped"}, "taken"),
    "task.skipped": ({"offered", "held"}, "dropped"),
    "call.wanted": ({""}, "taken"),
    "call.made": ({"taken"}, "done"),
}
INCIDENT: dict[str, tuple[set[str], str]] = {
    "incident.reported": ({""}, "open"),
    "incident.closed": ({"open"}, "closed"),
    "incident.reopened": ({"closed"}, "open"),
}
PAGE: dict[str, tuple[set[str], str]] = {
    "page.raised": ({""}, "waits"),
    "page.acknowledged": ({"waits"}, "taken"),
    "page.acknowledged_by_phone": ({"waits"}, "taken"),
    "page.given_back": ({"taken"}, "waits"),
    "page.not_verified": ({"taken"}, "waits"),
    "page.not_alive": ({"taken"}, "waits"),
}
ONCE = {  # what is said of an event, and may be said once
    "incident.reported": ("draft",),
    "page.called": ("page", "count"),
    "page.exhausted": ("page", "round"),
    "phase.begun": ("chain", "phase", "lap"),
}


MOVES = {**TASK, **INCIDENT, **PAGE}
LET_GO = "let go"  # a task whose incident has ended: no event says so of each


@dataclass(slots=True)
class Courses:
    """`states`: of an incident by its chain, of a task by its code, of a page by its number."""

    states: dict[str, str] = field(default_factory=dict)
    _once: set[tuple[Any, ...]] = field(default_factory=set)

    def follow(self, link: Link, erased: bool) -> Iterator[str]:
        """What is doubled or out of turn. `erased`: of this chain words are gone by law."""
        told = {"chain": link.chain, **facts(link)}
        if not link.chain.startswith(("incident/", "confidential/")) or (erased and len(told) == 1):
            return
        if link.kind in ONCE:
            same = (link.kind, *(told[name] for name in ONCE[link.kind]))
            if same in self._once:
                yield f"doubled: {same}"
            self._once.add(same)
        if link.kind in MOVES:
            of = "task" if link.kind in TASK else "page" if link.kind in PAGE else "chain"
            what, (before, after) = f"{of} {told[of]}", MOVES[link.kind]
            now = self.states.get(what, "")
            if now not in before and now != LET_GO:
                yield f"{link.chain} {link.seq}: {link.kind} of {what}, which is {now!r}"
            if link.kind == "task.undone" and now != "done":
                after = LET_GO if now == LET_GO else "open"
            if link.kind == "task.partly" and now == "blocked":
                after = now
            self.states[what] = after
        if link.kind == "incident.closed":
            theirs = f"task {link.chain.partition('/')[2]}."
            for what, state in self.states.items():
                if what.startswith(theirs) and state not in ("done", "dropped"):
                    self.states[what] = LET_GO
