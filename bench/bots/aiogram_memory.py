"""The peer: aiogram with MemoryStorage, filters and polling as in its documentation."""

import asyncio
import sys
from typing import Any

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bench import meter
from bench.questions import SENT, Question, questions

ASKED = questions()
Report: Any = type("Report", (StatesGroup,), {one.id: State() for one in ASKED})


def keyboard(question: Question) -> InlineKeyboardMarkup:
    rows = [
        [InlineKeyboardButton(text=label, callback_data=f"{question.id}:{number}")]
        for number, label in enumerate(question.options)
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)


async def begin(message: Message, state: FSMContext) -> None:
    await state.update_data(told=message.text)
    await state.set_state(getattr(Report, ASKED[0].id))
    await message.answer(ASKED[0].text, reply_markup=keyboard(ASKED[0]))


def answered(question: Question, following: Question | None) -> Any:
    async def handler(query: CallbackQuery, state: FSMContext) -> None:
        await state.update_data({question.id: query.data})
        await query.answer()
        assert isinstance(query.message, Message)
        if following is None:
            await state.clear()
            await query.message.edit_text(SENT)
            return
        await state.set_state(getattr(Report, following.id))
        await query.message.edit_text(following.text, reply_markup=keyboard(following))

    return handler


def make_dispatcher() -> Dispatcher:
    dispatcher = Dispatcher()  # MemoryStorage is its default
    dispatcher.message.register(begin, F.text)
    for question, following in zip(ASKED, [*ASKED[1:], None], strict=True):
        state = getattr(Report, question.id)
        pressed = F.data.startswith(f"{question.id}:")
        dispatcher.callback_query.register(answered(question, following), state, pressed)
    return dispatcher


async def main(address: str, token: str) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(address))
    await make_dispatcher().start_polling(Bot(token, session=session))


if __name__ == "__main__":
    meter.answer()
    asyncio.run(main(sys.argv[1], sys.argv[2]))
