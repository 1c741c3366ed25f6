"""The narrow waist: Telegram's session, Zalo's, the sandbox's two faces and the recording session
realise one list of Bot API methods (bot/platforms/bot_api.py) and refuse all others."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiogram.methods
import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteWebhook,
    EditMessageText,
    GetFile,
    GetMe,
    GetUpdates,
    GetWebhookInfo,
    SendDocument,
    SendMessage,
    SetMyCommands,
    SetWebhook,
)
from aiogram.methods.base import TelegramMethod
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    Update,
)

from bot.app import Incoming, make_dispatcher
from bot.config import Settings
from bot.domain.people import Role
from bot.office import opened
from bot.platforms.bot_api import ALLOWED, NotAllowed
from bot.platforms.pace import Pace
from bot.platforms.telegram import TelegramBot, make_bot
from bot.platforms.zalo.bot import make_zalo_bot
from bot.platforms.zalo.session import REALISED
from bot.sandbox.fields import METHODS as TELEGRAMS
from bot.sandbox.server import Sandbox
from bot.sandbox.zalo_api import METHODS as ZALOS
from bot.services import joining
from playbooks.agency_file import load_agency
from tests.flows.house import AGENCY
from tests.platforms.recording import Recording
from tests.sandbox.conftest import sandbox, wire, world_file, zalo
from tests.sandbox.wire import TOKEN, ZALO_TOKEN, Wire
from tests.sandbox.zalo import Zalo

__all__ = ["sandbox", "wire", "world_file", "zalo"]

CATALOGUE = tuple(
    one
    for name in aiogram.methods.__all__
    if issubclass(one := getattr(aiogram.methods, name), TelegramMethod)
    and one is not TelegramMethod
)
BUTTON = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Có", callback_data="a:1")]]
)
WAY_IN = {"url": "http://127.0.0.1:9/x", "secret_token": "a-long-secret"}
ASKED_BY_STRANGERS = {"getMyCommands"}  # the sandbox's, for those who look at a menu in tests
ONLY_ZALOS = {"sendPhoto", "sendSticker", "sendChatAction"}  # Zalo has them, and we use them not


@pytest.fixture
async def wires(sandbox: Sandbox) -> AsyncIterator[dict[str, Bot]]:
    bots: dict[str, Bot] = {
        "telegram": make_bot(TOKEN, sandbox.address, Pace()),
        "zalo": make_zalo_bot(ZALO_TOKEN, f"{sandbox.address}/zalo", Pace()),
        "recording": TelegramBot(TOKEN, session=Recording()),
    }
    yield bots
    for bot in bots.values():
        await bot.session.close()


def test_the_catalogue_is_whole() -> None:
    assert len(CATALOGUE) > 150
    assert set(CATALOGUE) > ALLOWED
    assert set(REALISED) == ALLOWED


@pytest.mark.parametrize("name", ["telegram", "zalo", "recording"])
async def test_no_other_method_leaves(wires: dict[str, Bot], wire: Wire, name: str) -> None:
    bot = wires[name]
    for method in CATALOGUE:
        if method not in ALLOWED:
            with pytest.raises(NotAllowed, match=f"^{method.__name__} is not among"):
                await bot.session.make_request(bot, method.model_construct())
    assert (await wire.people("calls?after=0"))["calls"] == []


async def test_telegrams_session_and_face_realise_each(wires: dict[str, Bot], wire: Wire) -> None:
    bot, person = wires["telegram"], await wire.person()
    sent = await bot.send_message(person, "Có không?", reply_markup=BUTTON)
    await wire.people(
        f"people/{person}/tap", {"message": sent.message_id, "label": "Có", "wait": 0}
    )
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    await _each(bot, person, sent.message_id, query.id)


async def test_zalos_session_and_face_realise_each(wires: dict[str, Bot], zalo: Zalo) -> None:
    """But a file, which Zalo does not take: it is refused as a chat would refuse it."""
    person = await zalo.person()
    await _each(wires["zalo"], person["zalo_id"], 1, "1", refused=(SendDocument,))


async def test_the_recording_session_realises_each(wires: dict[str, Bot]) -> None:
    await _each(wires["recording"], 5, 1, "1")


async def _each(
    bot: Bot, person: Any, message: int, query: str, refused: tuple[type, ...] = ()
) -> None:
    where: dict[str, Any] = {"chat_id": person}
    file = BufferedInputFile(b"%PDF-", "nhat-ky.pdf")
    menu = [BotCommand(command="menu", description="Danh mục")]
    examples: list[TelegramMethod[Any]] = [
        GetMe(),
        SetMyCommands(commands=menu),
        SendMessage(**where, text="<b>xin chào</b>", parse_mode="HTML"),
        EditMessageText(**where, message_id=message, text="xong"),
        AnswerCallbackQuery(callback_query_id=query, text="Đã ghi nhận"),
        SendDocument(**where, document=file),
        DeleteWebhook(),
        GetUpdates(timeout=0),
        SetWebhook(**WAY_IN),
        GetWebhookInfo(),
    ]
    done: dict[type, Any] = {}
    for method in examples:
        try:
            done[type(method)] = await bot(method)
        except TelegramBadRequest:
            assert type(method) in refused, method
            done[type(method)] = None
    told = done[SendDocument]
    known = told.document.file_id if told and told.document else "https://zdn.vn/a.jpg"
    done[GetFile] = await bot(GetFile(file_id=known))
    assert done.keys() == ALLOWED
    assert done[GetFile].file_path
    assert isinstance(done[EditMessageText], Message)
    await bot(DeleteWebhook())


async def test_the_sandboxs_faces_have_the_list_and_refuse_the_rest(
    sandbox: Sandbox, wire: Wire, zalo: Zalo
) -> None:
    listed = {method.__api_method__ for method in ALLOWED}
    assert set(TELEGRAMS) - listed == ASKED_BY_STRANGERS
    assert listed - set(TELEGRAMS) == set()
    assert set(ZALOS) - listed == ONLY_ZALOS
    for method in CATALOGUE:
        name = method.__api_method__
        if name not in TELEGRAMS:
            async with wire.http.post(f"/bot{TOKEN}/{name}", json={}) as answer:
                assert answer.status == 404, name
        if name not in ZALOS:
            assert (await zalo.call(name))[1]["error_code"] == 404, name


async def test_the_dispatcher_asks_for_nothing_else(tmp_path: Path) -> None:
    """Somebody joins and begins a report, by typing and by a press, over the recording session."""
    session, said = Recording(), 0
    bot = TelegramBot(TOKEN, session=session)
    chosen = Settings(database=f"sqlite:///{tmp_path / 'trucban.db'}")
    async with opened(chosen) as office:
        agency = load_agency(AGENCY, office.plans)
        await office.desk.do(joining.apply_agency, office.console(), agency)
        invited = await office.desk.do(
            joining.invite, office.console(), Role.OFFICIAL, "tan_lap", "lan"
        )
        dispatcher = make_dispatcher(office, [bot], Incoming(2**20))
        who = {"id": 5, "is_bot": False, "first_name": "Lan"}

        async def hears(**update: Any) -> str:
            nonlocal said
            said += 1
            told = Update.model_validate({"update_id": said, **update}, context={"bot": bot})
            await dispatcher.feed_update(bot, told)
            return session.texts()[-1]

        def words(text: str) -> dict[str, Any]:
            chat = {"id": 5, "type": "private"}
            return {"message_id": said, "date": 1, "chat": chat, "from": who, "text": text}

        assert "cán bộ đã đăng ký" in await hears(message=words("xin chào"))
        assert "Lan" in await hears(message=words(f"/start {invited.value.code}"))
        assert "Nơi nào đang bị sự cố?" in await hears(message=words("báo sự cố"))
        asked = session.asked[-1]
        assert isinstance(asked, SendMessage)
        markup = asked.reply_markup
        assert isinstance(markup, InlineKeyboardMarkup)
        press = {
            "id": "1",
            "from": who,
            "chat_instance": "1",
            "data": markup.inline_keyboard[0][0].callback_data,
            "message": {**words("…"), "from": {**who, "id": 42, "is_bot": True}},
        }
        assert "Câu 2/10" in await hears(callback_query=press)
    assert {type(one) for one in session.asked} <= ALLOWED
    assert {SendMessage, EditMessageText, AnswerCallbackQuery} <= {type(o) for o in session.asked}
