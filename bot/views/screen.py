"""What a person sees: words and choices. The one place that knows inline keyboards."""

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape, unescape

from aiogram.enums import ChatType
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
)
from aiogram.filters.callback_data import CallbackData
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)

TAG = re.compile(r"</?[a-z][^<>]*>")
OUT_OF_REACH = ("not found", "can't be edited", "message_id_invalid", "topic_")
TOAST = 190  # characters of an answer to a press; the platform takes 200


@dataclass(frozen=True, slots=True)
class Button:
    """`typed`: what says the same in words, where the data does not tell; None: the text says."""

    label: str
    data: CallbackData
    typed: str | None = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """`text` is HTML. `toast`: said over a group's card, which stays as it is; `aside`: to words in
    a group the answer goes to the person alone, so that the group is not filled with answers;
    `numbers`: the buttons that a typed number means, by their place among them."""

    text: str
    rows: Sequence[Sequence[Button]] = ()
    toast: str = ""
    aside: bool = False
    numbers: type[CallbackData] | None = None
    file: tuple[str, bytes] | None = None  # a name and what is sent under it, the text below
    draw: tuple[str, Callable[[], bytes]] | None = None  # the same, made when it is shown

    def markup(self) -> InlineKeyboardMarkup | None:
        rows = [
            [
                InlineKeyboardButton(text=button.label, callback_data=button.data.pack())
                for button in row
            ]
            for row in self.rows
            if row
        ]
        return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


async def show(event: Message | CallbackQuery, screen: Screen, alert: str = "") -> None:
    """Answer an update with a screen: a press edits its own message, words get a new one.

    In a group the card belongs to everybody: a press there is answered over it.
    """
    text = f"{alert}\n\n{screen.text}" if alert else screen.text
    if screen.draw is not None:
        name, make = screen.draw
        await _send_file(event, name, await asyncio.to_thread(make), text)
        return
    if screen.file is not None:
        await _send_file(event, *screen.file, text)
        return
    if isinstance(event, Message):
        in_group = event.chat.type != ChatType.PRIVATE
        if in_group and screen.aside and await _aside(event, text, screen):
            return
        if in_group and screen.toast:
            await event.answer(escape(screen.toast, quote=False))  # numbers stay in private chats
        else:
            await event.answer(text, reply_markup=screen.markup())
        return
    message = event.message
    if isinstance(message, Message) and message.chat.type != ChatType.PRIVATE and screen.toast:
        await answer_press(event, screen.toast, loud=True)
        return
    await answer_press(event, alert)
    if isinstance(message, Message):
        await _edit(message, text, screen.markup())


async def answer_press(query: CallbackQuery, said: str = "", loud: bool = False) -> None:
    """A press that waited too long can no longer be answered; what it did stands."""
    try:
        await query.answer(said[:TOAST] or None, show_alert=loud and bool(said))
    except TelegramBadRequest as error:
        if "query is too old" not in error.message.lower():
            raise


async def _send_file(event: Message | CallbackQuery, name: str, content: bytes, text: str) -> None:
    message = event if isinstance(event, Message) else event.message
    if isinstance(event, CallbackQuery):
        await answer_press(event)
    if isinstance(message, Message):
        await message.answer_document(BufferedInputFile(content, name), caption=text)


async def _aside(message: Message, text: str, screen: Screen) -> bool:
    """False: nobody can be written to alone who has never opened the chat.

    Without a text there is nothing to say here: a question is on its way to the private chat.
    """
    if not text:
        return True
    if message.bot is None or message.from_user is None:
        return False
    try:
        whom = message.from_user.id
        await message.bot.send_message(whom, text, reply_markup=screen.markup())
    except (TelegramBadRequest, TelegramForbiddenError):
        return False
    return True


async def _edit(message: Message, text: str, markup: InlineKeyboardMarkup | None) -> None:
    """Pressed twice, the message reads so already; out of reach meanwhile, it is sent anew."""
    try:
        await message.edit_text(text, reply_markup=markup)
    except TelegramBadRequest as error:
        said = error.message.lower()
        if "not modified" in said:
            return
        if not any(words in said for words in OUT_OF_REACH):
            raise
        await message.answer(text, reply_markup=markup)
    except TelegramMigrateToChat:
        await message.answer(text, reply_markup=markup)


def plain(html: str) -> str:
    """The same words without marks, where a platform shows none or refused them."""
    return unescape(TAG.sub("", html))
