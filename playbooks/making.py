"""Makes the plan, a value of `bot.domain.playbook`, out of a pack and its base.

Functions, criteria and powers are laid over the base's one by one; of the three rules and of the
three parts of paging each stands for itself; every other part is the pack's or the base's as a
whole.
"""

import hashlib
from collections.abc import Mapping
from typing import TypeVar

from bot.domain.playbook import (
    Authority,
    Cause,
    Contact,
    Criterion,
    Duty,
    Function,
    Joining,
    Loop,
    Paging,
    Period,
    Phase,
    Plan,
    Reporting,
    RuleOf,
    Rules,
    Scenarios,
    Source,
    Step,
    Work,
)
from bot.domain.rule import All, Answer, Any, Is, Rule
from playbooks.packs import (
    AllRule,
    IsRule,
    LoopItem,
    Pack,
    RuleItem,
    Sourced,
    SourcedRule,
    StepItem,
)

Item = TypeVar("Item", bound=Sourced)
Key = TypeVar("Key", bound=str)


def digest_of(text: str, base_text: str = "") -> str:
    """SHA-256 over a pack's text and its base's, as read (NFC, line ends LF)."""
    return hashlib.sha256(f"{text}\0{base_text}".encode()).hexdigest()


def plan_of(pack: Pack, base_pack: Pack | None, digest: str) -> Plan:
    """The whole plan; what is the base's is marked as inherited."""
    base = base_pack or pack
    take = _Taking(pack, base)
    functions = take.each(pack.functions, base.functions)
    criteria = take.each(pack.criteria, base.criteria)
    return Plan(
        id=pack.id,
        kind=pack.kind,
        title=pack.title,
        short=pack.short,
        issuer=pack.issuer,
        period=Period(**pack.period.model_dump()),
        base=pack.base,
        legal_bases=tuple(pack.legal_bases),
        regimes=tuple(pack.regimes if pack.regimes is not None else base.regimes or ()),
        functions={
            id_: Function(
                id_,
                item.name,
                item.successor,
                item.note,
                source,
                item.role,
                item.ended,
                item.on_call,
            )
            for id_, item, source in functions
        },
        criteria={
            id_: Criterion(id_, item.text, item.word, source) for id_, item, source in criteria
        },
        rules=_rules(take),
        phases=tuple(
            Phase(id_, item.name, source)
            for id_, item, source in take.part(pack.phases, base.phases)
        ),
        steps=tuple(_step(*taken) for taken in take.part(pack.steps, base.steps)),
        work=_work(take),
        paging=_paging(take),
        duties=tuple(
            Duty(
                id_,
                item.name,
                tuple(item.lead),
                tuple(item.coordinating),
                item.cadence,
                item.deadline,
                source,
                item.every_months,
                item.by,
                item.on_event,
                item.content or "",
                item.note,
            )
            for id_, item, source in take.part(pack.duties, base.duties)
        ),
        causes=tuple(
            Cause(id_, item.name, source)
            for id_, item, source in take.part(pack.causes, base.causes)
        ),
        scenarios=tuple(
            Scenarios(id_, item.name, dict(item.items), source)
            for id_, item, source in take.part(pack.scenarios, base.scenarios)
        ),
        special_authority=tuple(
            Authority(id_, item.name, tuple(item.functions), source)
            for id_, item, source in take.each(
                pack.special_authority or {}, base.special_authority or {}
            )
        ),
        reporting=tuple(
            Reporting(
                id_,
                item.name,
                tuple(item.who),
                item.to,
                item.when,
                item.deadline,
                item.within_hours,
                source,
            )
            for id_, item, source in take.part(pack.reporting, base.reporting)
        ),
        notes=tuple(pack.notes),
        digest=digest,
        province=pack.province or "",
        dated=pack.dated or "",
        contacts=_contacts(take),
        joining=_joining(take),
    )


class _Taking:
    """Takes each part from the pack or from its base, with the source that says which."""

    def __init__(self, pack: Pack, base: Pack) -> None:
        self.pack, self.base = pack, base

    def own(self, item: Sourced) -> Source:
        document = item.document or self.pack.short
        return Source(document, item.section, item.status, None, item.line)

    def inherited(self, item: Sourced) -> Source:
        document = item.document or self.base.short
        return Source(document, item.section, item.status, self.base.id, item.line)

    def one(self, own: Item | None, base: Item | None) -> tuple[Item, Source]:
        if own is not None:
            return own, self.own(own)
        if base is None:
            raise ValueError("a base pack is whole")  # its model says so
        return base, self.inherited(base)

    def part(
        self, own: Mapping[Key, Item] | None, base: Mapping[Key, Item] | None
    ) -> list[tuple[Key, Item, Source]]:
        if own is not None:
            return [(id_, item, self.own(item)) for id_, item in own.items()]
        return [(id_, item, self.inherited(item)) for id_, item in (base or {}).items()]

    def each(
        self, own: Mapping[Key, Item], base: Mapping[Key, Item]
    ) -> list[tuple[Key, Item, Source]]:
        """In the base's order, then what the pack adds."""
        return [
            (id_, *self.one(own.get(id_), base.get(id_))) for id_ in dict.fromkeys((*base, *own))
        ]


def _rules(take: _Taking) -> Rules:
    own, base = take.pack.rules, take.base.rules
    return Rules(
        _sourced(*take.one(own.needs_response, base.needs_response)),
        _sourced(*take.one(own.serious_by_law, base.serious_by_law)),
        _sourced(*take.one(own.serious_by_plan, base.serious_by_plan)),
    )


def _sourced(item: SourcedRule, source: Source) -> RuleOf:
    return RuleOf(rule_of(item.rule), source)


def rule_of(item: RuleItem) -> Rule:
    if isinstance(item, str):
        return Is(item)
    if isinstance(item, IsRule):
        return Is(item.criterion, Answer(item.unknown_as) if item.unknown_as else None)
    parts = tuple(rule_of(part) for part in item.rules)
    return All(parts) if isinstance(item, AllRule) else Any(parts)


def _work(take: _Taking) -> dict[str, Work]:
    """Of the plan's own phases; the base's figure where the plan gives none."""
    own, base = take.pack.work, take.base.work
    phases = take.pack.phases if take.pack.phases is not None else take.base.phases or {}
    known = [phase for phase in phases if phase in own or phase in base]
    found = {phase: take.one(own.get(phase), base.get(phase)) for phase in known}
    return {id_: Work(item.minutes, item.exit, source) for id_, (item, source) in found.items()}


def _paging(take: _Taking) -> Paging:
    own, base = take.pack.paging, take.base.paging
    woken, source = take.one(own.woken, base.woken)
    pace, pace_source = take.one(own.pace, base.pace)
    decides, decides_source = take.one(own.decides_serious, base.decides_serious)
    return Paging(
        lead=tuple(woken.lead),
        coordinating=tuple(woken.coordinating),
        wait_minutes=pace.wait_minutes,
        times=pace.times,
        verify_minutes=pace.verify_minutes,
        decide_minutes=pace.decide_minutes,
        still_minutes=pace.still_minutes,
        still_serious_minutes=pace.still_serious_minutes,
        answer_minutes=pace.answer_minutes,
        decides_serious=tuple(decides.functions),
        source=source,
        pace_source=pace_source,
        decides_source=decides_source,
    )


def _step(id_: str, item: StepItem, source: Source) -> Step:
    return Step(
        id=id_,
        phase=item.phase,
        name=item.name,
        number=item.number,
        lead=tuple(item.lead),
        coordinating=tuple(item.coordinating),
        only_if_serious=item.only_if_serious,
        optional=item.optional,
        confidential=item.confidential,
        loop=_loop(item.loop),
        asks=tuple(item.asks),
        consults=tuple(item.consults),
        reports_to=tuple(item.reports_to),
        powers=tuple(item.powers),
        content=item.content or "",
        note=item.note,
        source=source,
        kind=item.kind,
        actor=tuple(item.actor),
        after=tuple(item.after),
        condition=item.condition or "",
        evidence=item.evidence or "",
        guidance=tuple(item.guidance),
        beside=tuple(item.beside),
    )


def _contacts(take: _Taking) -> tuple[Contact, ...]:
    """Of the base's contacts only the steps and duties that the plan has from the base too."""
    steps = take.pack.steps if take.pack.steps is not None else take.base.steps or {}
    duties = take.pack.duties if take.pack.duties is not None else take.base.duties or {}
    return tuple(
        Contact(
            id_,
            tuple(item.functions),
            tuple(step for step in item.steps if step in steps),
            tuple(duty for duty in item.duties if duty in duties),
            source,
        )
        for id_, item, source in take.part(take.pack.contacts, take.base.contacts)
    )


def _joining(take: _Taking) -> Joining | None:
    """A pack's own only: what one plan says of its units is no default for others."""
    item = take.pack.joining
    if item is None:
        return None
    return Joining(tuple(item.nominates), tuple(item.on_request), take.own(item))


def _loop(item: LoopItem | None) -> Loop | None:
    return Loop(item.when, tuple(item.back_to), item.text) if item else None
