"""Refusals become words; one that says "this is over" also shows what is true now."""

import secrets
from dataclasses import replace
from typing import Any, cast

import structlog
from aiogram import Router
from aiogram.exceptions import (
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.filters import ExceptionTypeFilter
from aiogram.types import CallbackQuery, ErrorEvent, Message

from bot.domain.errors import (
    InvalidAnswer,
    NobodyNamed,
    NothingAsked,
    Outdated,
    Refusal,
    Repeated,
)
from bot.domain.people import Act, Person
from bot.services import dialogs, holding, joining
from bot.services.desk import Desk
from bot.services.ports.store import StoreDown
from bot.views.outcomes import screen
from bot.views.refusals import words
from bot.views.screen import Screen, answer_press, show
from bot.views.voice import Voice, voice_of

ALPHABET = "23456789"


async def show_present(event: ErrorEvent, act: Act, desk: Desk) -> None:
    """Words, and below them the question or the state that stands."""
    refusal, asked_by = cast(Refusal, event.exception), _asked_by(event)
    if asked_by is None or not act.private:
        await explain(event, act, desk)
        return
    said = words(refusal, None, await _voice(refusal, act, desk))
    now = await _present(refusal, act, desk)
    await show(asked_by, now or Screen(said), said if now else "")


async def ask_holder(event: ErrorEvent, act: Act, desk: Desk) -> None:
    """A shared telephone: what was asked for waits until somebody says who holds it."""
    asked_by = _asked_by(event)
    done = await desk.do(holding.ask, replace(act, update_key=None))
    if asked_by is not None:
        await show(asked_by, screen(done, act))


async def say_again(event: ErrorEvent, act: Act, desk: Desk) -> None:
    """A press is answered over the question; after typed words the question is shown again."""
    if isinstance(_asked_by(event), CallbackQuery) or not act.private:
        await explain(event, act, desk)
    else:
        await show_present(event, act, desk)


async def explain(event: ErrorEvent, act: Act, desk: Desk) -> None:
    refusal = cast(Refusal, event.exception)
    contact = await desk.look(joining.contact, act)
    await _say(event, words(refusal, contact.value, await _voice(refusal, act, desk)))


async def wait_for_store(
    event: ErrorEvent, act: Act, desk: Desk, told: set[str], language: str
) -> None:
    """Told once, and raised again: the update is not confirmed, so it comes back."""
    key = str(act.update_key)  # of one bot among several
    if key not in told:
        told.add(key)
        await _say(event, await _not_now(act, desk, language))
    raise event.exception


async def try_again(event: ErrorEvent) -> None:
    """The answer did not get out; what was done stands. The update comes again and is shown."""
    raise event.exception


async def unheard(event: ErrorEvent, act: Act) -> None:
    """Who has shut the bot out meanwhile is not answered; what was done stands."""
    said = cast(TelegramForbiddenError, event.exception).message
    structlog.get_logger("handlers").warning("answer.unheard", chat=act.chat, said=said)


async def apologise(event: ErrorEvent, act: Act, desk: Desk) -> None:
    """Our fault: a number to quote, and the trace in the log."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(6))
    log = structlog.get_logger("handlers")
    log.error("handler.failed", code=code, exc_info=event.exception)
    contact, person = await desk.look(joining.contact, act)
    voice = voice_of(act, person.language)
    phone = contact.phone if contact else ""
    await _say(event, voice.say("errors.unknown", phone=phone, code=code))


async def _present(refusal: Refusal, act: Act, desk: Desk) -> Screen | None:
    """None: what it was about is not this person's any more."""
    chain = str(refusal.facts.get("chain", ""))
    try:
        again = isinstance(refusal, Repeated)
        done = await desk.do(dialogs.present, replace(act, update_key=None), chain, again)
    except Refusal:
        return None
    return screen(done, act)


async def _not_now(act: Act, desk: Desk, language: str) -> str:
    """Whom to telephone, if at least that can be read; else `language` is the deployment's."""
    try:
        contact, person = await desk.look(joining.contact, act)
    except StoreDown:
        return voice_of(act, language).say("errors.store_down_unread")
    voice = voice_of(act, person.language)
    if contact is None:
        return voice.say("errors.store_down_unread")
    return voice.say("errors.store_down", phone=contact.phone)


async def _say(event: ErrorEvent, said: str) -> None:
    asked_by = _asked_by(event)
    if isinstance(asked_by, CallbackQuery):
        await answer_press(asked_by, said, loud=True)
    elif asked_by is not None:
        await show(asked_by, Screen(said))


def _asked_by(event: ErrorEvent) -> Message | CallbackQuery | None:
    return event.update.message or event.update.callback_query


async def _voice(refusal: Refusal, act: Act, desk: Desk) -> Voice:
    """A refusal that was met before any step does not know yet whom it is said to."""
    if refusal.person is None:
        refusal.person = (await desk.look(joining.contact, act)).person
    return voice_of(act, cast(Person, refusal.person).language)


# The narrower an error, the earlier its handler stands.
HANDLERS: tuple[tuple[Any, tuple[type[Exception], ...]], ...] = (
    (ask_holder, (NobodyNamed,)),
    (show_present, (Outdated, NothingAsked)),
    (say_again, (InvalidAnswer,)),
    (explain, (Refusal,)),
    (wait_for_store, (StoreDown,)),
    (try_again, (TelegramNetworkError, TelegramServerError, TelegramRetryAfter)),
    (unheard, (TelegramForbiddenError,)),
)


def setup() -> Router:
    router = Router(name=__name__)
    for handler, errors in HANDLERS:
        router.error.register(handler, ExceptionTypeFilter(*errors))
    router.error.register(apologise)
    return router
