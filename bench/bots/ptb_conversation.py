"""The peer: python-telegram-bot with a ConversationHandler, without persistence."""

import sys
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)

from bench import meter
from bench.questions import SENT, Question, questions

ASKED = questions()


def keyboard(question: Question) -> InlineKeyboardMarkup:
    rows = [
        [InlineKeyboardButton(label, callback_data=f"{question.id}:{number}")]
        for number, label in enumerate(question.options)
    ]
    return InlineKeyboardMarkup(rows)


async def begin(update: Update, context: ContextTypes.DEFAULT_TYPE) -> str:
    assert update.message
    assert context.user_data is not None
    context.user_data["told"] = update.message.text
    await update.message.reply_text(ASKED[0].text, reply_markup=keyboard(ASKED[0]))
    return ASKED[0].id


def answered(question: Question, following: Question | None) -> Any:
    async def handler(update: Update, context: ContextTypes.DEFAULT_TYPE) -> str | int:
        query = update.callback_query
        assert query
        assert context.user_data is not None
        context.user_data[question.id] = query.data
        await query.answer()
        if following is None:
            await query.edit_message_text(SENT)
            context.user_data.clear()
            return ConversationHandler.END
        await query.edit_message_text(following.text, reply_markup=keyboard(following))
        return following.id

    return handler


def make_application(address: str, token: str) -> Any:
    application = Application.builder().token(token).base_url(f"{address}/bot").build()
    states: dict[object, Any] = {
        question.id: [CallbackQueryHandler(answered(question, following), f"^{question.id}:")]
        for question, following in zip(ASKED, [*ASKED[1:], None], strict=True)
    }
    entry = MessageHandler(filters.TEXT & ~filters.COMMAND, begin)
    application.add_handler(ConversationHandler([entry], states, []))
    return application


if __name__ == "__main__":
    meter.answer()
    make_application(sys.argv[1], sys.argv[2]).run_polling()
