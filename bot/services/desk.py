"""The one door. Whatever anybody does, a person, a sweep or the console, is done here or not."""

from collections.abc import Callable
from dataclasses import replace
from typing import Concatenate, Generic, NamedTuple, ParamSpec, TypeVar

from bot.domain.errors import NotFound, Outdated, Refusal, Repeated, Stranger
from bot.domain.people import (
    BEARER,
    CLOCKWORK_IDENTITY,
    CONSOLE,
    CONSOLE_IDENTITY,
    NOBODY,
    SYSTEM,
    WATCHDOG,
    WATCHDOG_IDENTITY,
    Act,
    Person,
)
from bot.services import holding, passes, standing_in
from bot.services.ports.store import Store, Transaction

P = ParamSpec("P")
T = TypeVar("T")


class Done(NamedTuple, Generic[T]):
    """What came of it, and who did it: screens are drawn in that person's language."""

    value: T
    person: Person


class Desk:
    def __init__(self, store: Store) -> None:
        self._store = store

    async def do(
        self,
        use_case: Callable[Concatenate[Transaction, Act, P], T],
        act: Act,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Done[T]:
        """What the use case returns, once it is on disk. Repeated: it was done already."""

        def step(tx: Transaction) -> Done[T]:
            tx.at = act.at
            whose = replace(act, person=_who(tx, act))
            if act.update_key:
                chain = tx.update_keys.done(act.update_key)
                if chain is not None:
                    raise Repeated(chain=chain, person=whose.person)
            value = _attempt(use_case, tx, whose, *args, **kwargs)
            tx.events.append(whose, tx.recorded)
            if act.update_key and tx.recorded:  # else nothing has changed: it may be asked again
                tx.update_keys.add(act.update_key, tx.recorded[0].chain, act.at)
            return Done(value, whose.person)

        return await self._store.run(step)

    async def look(
        self,
        query: Callable[Concatenate[Transaction, Act, P], T],
        act: Act,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Done[T]:
        """A use case that only reads: it asks the gate, goes round the writer, changes nothing."""

        def step(tx: Transaction) -> Done[T]:
            tx.at = act.at
            whose = replace(act, person=_who(tx, act))
            return Done(_attempt(query, tx, whose, *args, **kwargs), whose.person)

        return await self._store.look(step)


def _attempt(
    use_case: Callable[Concatenate[Transaction, Act, P], T],
    tx: Transaction,
    act: Act,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """A refusal knows whom it was said to; a stranger is not told what there is and what not."""
    try:
        return use_case(tx, act, *args, **kwargs)
    except Refusal as refusal:
        refusal.person = act.person
        if isinstance(refusal, NotFound | Outdated) and not act.person.id:
            raise Stranger(person=act.person) from refusal
        raise


def _who(tx: Transaction, act: Act) -> Person:
    if act.identity == CLOCKWORK_IDENTITY:
        return SYSTEM
    if act.identity == CONSOLE_IDENTITY:
        return CONSOLE
    if act.identity == WATCHDOG_IDENTITY:
        return WATCHDOG
    if act.identity.account == BEARER:
        return passes.bearer(tx, act.identity.external_id) or replace(NOBODY, language=tx.language)
    known = tx.people.known_as(act.identity) or replace(NOBODY, language=tx.language)
    if known.shared_by:
        known = holding.in_hand(tx, known, act.at)
    return standing_in.with_posts(tx, known, act.at)
