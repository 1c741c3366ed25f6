"""Commands by their names, and the same commands as buttons (Go)."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.domain.people import Act
from bot.services import channels, joining
from bot.services.commands import do_command
from bot.services.desk import Desk
from bot.services.outcomes import Wants
from bot.views.callbacks import Go, Prefer
from bot.views.outcomes import screen
from bot.views.people import COMMANDS
from bot.views.screen import show
from handlers.answering import answer, look_up
from handlers.filters import Named

READING = (
    *("roster", "call_list", "duty_table", "status", "timeline", "deadlines"),
    *("contacts", "figures", "readiness", "help"),
)


class ByName:
    """One command of the table; what only reads goes round the writer."""

    def __init__(self, name: str) -> None:
        self._name = name

    async def __call__(self, message: Message, number: int | None, act: Act, desk: Desk) -> None:
        if self._name in READING:
            done = await look_up(Wants(self._name, number), act, desk)
            await show(message, screen(done, act))
            return
        done = await desk.do(do_command, act, self._name, number)
        await answer(message, done, act, desk)


async def bind(message: Message, act: Act, desk: Desk) -> None:
    title = message.chat.title or ""
    topic = str(message.message_thread_id or "") if message.is_topic_message else ""
    await answer(message, await desk.do(joining.begin_bind, act, title, topic), act, desk)


async def go(query: CallbackQuery, callback_data: Go, act: Act, desk: Desk) -> None:
    number = callback_data.number or None
    done = await desk.do(do_command, act, callback_data.to, number)
    await answer(query, done, act, desk)


async def prefer(query: CallbackQuery, callback_data: Prefer, act: Act, desk: Desk) -> None:
    account = f"{callback_data.platform}:{callback_data.account}"
    await answer(query, await desk.do(channels.put_first, act, account), act, desk)


def setup() -> Router:
    router = Router(name=__name__)
    router.message.register(bind, Named(*COMMANDS["bind"]))
    for name, aliases in COMMANDS.items():
        router.message.register(ByName(name).__call__, Named(*aliases))
    router.message.register(ByName("menu").__call__, Named("menu"))
    router.callback_query.register(go, Go.filter())
    router.callback_query.register(prefer, Prefer.filter())
    return router
