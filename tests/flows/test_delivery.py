"""Delivery in depth: whatever a chat does to a message, it arrives, or it is said why not."""

import asyncio
from typing import Any

import pytest

from bot.services.ports.messages import Chat
from tests.flows.filing import all_said, rows
from tests.flows.house import TOKEN, House
from tests.flows.person import PATIENCE

BOT = int(TOKEN.partition(":")[0])
GROUP = -1001
CARD = "SỰ CỐ SỐ 1"
PAGE = "TIN KHẨN – sự cố số 1"
NOBODY = "CHƯA AI TIẾP NHẬN sự cố số 1"
TAKE = "Tôi tiếp nhận xử lý"
LEAD = "Chủ trì ứng cứu: anh Minh"
ENTITIES = "Bad Request: can't parse entities: Unsupported start tag"


pytestmark = pytest.mark.only("telegram", "what its chats refuse; Zalo's refusals: test_channels")


async def fault(house: House, method: str, **what: Any) -> None:
    await house.stage.post("faults", {"method": method, **what})


async def group(house: House, does: str, **how: Any) -> Any:
    return await house.stage.post(f"groups/{GROUP}/{does}", how)


async def tried(house: House, *chats: int) -> int:
    """How often the bot has tried to say something: in these chats, or anywhere."""
    calls = (await house.stage.get("calls", after=0, last=10000))["calls"]
    return sum(call["chat"] in chats or not chats for call in calls)


async def log(house: House) -> str:
    """The incident's log as the duty officer reads it."""
    await house.binh.types("/nhatky 1")
    return await house.binh.sees("Nhật ký sự cố số 1")


async def used_up(house: House) -> None:
    """Nobody answers: the group and the duty officer are told loudly."""
    before = await house.binh.count(NOBODY)
    async with asyncio.timeout(PATIENCE):
        while await house.binh.count(NOBODY) == before:
            said = await tried(house)
            await house.forward(5)
            while await tried(house) == said:  # the next in the order, or all of them
                pass
            await told(house)


async def told(house: House) -> None:
    """Every notice has come to its end, and no card is on its way: one may wait until its group
    can be reached."""
    waiting = (
        "SELECT (SELECT count(*) FROM notices WHERE state IN ('to_send', 'sending'))"
        " + (SELECT count(*) FROM cards WHERE leased_until IS NOT NULL OR (wanted > shown"
        " AND state = 'live' AND not_before IS NULL"
        " AND chat NOT IN (SELECT address FROM chats WHERE lost <> '')))"
    )
    async with asyncio.timeout(PATIENCE):
        while (await asyncio.to_thread(rows, house, waiting))[0][0]:
            pass


def in_topics(messages: list[dict[str, Any]], words: str) -> list[int | None]:
    return [m["topic"] for m in messages if m["from"]["is_bot"] and words in m["text"]]


async def test_words_that_are_refused_go_out_plain_with_their_buttons(house: House) -> None:
    for method in ("sendMessage", "editMessageText"):
        how = {"html": True, "status": 400, "description": ENTITIES}
        await fault(house, method, times=1000, **how)
    await house.lan.reports("Có")  # ten answers, each in its place
    page = await house.minh.sees(PAGE)
    assert "<b>" not in "".join([page, *await house.lan.all_texts()])
    await house.card(CARD)
    await house.minh.picks(TAKE)
    assert "(nhắc lại)" not in await house.card(LEAD)
    assert await house.binh.count(CARD, chat=GROUP) == 1
    await all_said(house)
    assert "Không gửi được" not in await log(house)


async def test_words_and_buttons_that_are_refused_leave_the_bare_fact(house: House) -> None:
    minh = house.minh.number
    too_long = {"status": 400, "description": "Bad Request: MESSAGE_TOO_LONG"}
    await fault(house, "sendMessage", chat=minh, times=3, **too_long)
    await house.lan.reports("Có")
    assert (await house.minh.sees(PAGE)).count("\n") == 0
    await fault(house, "sendMessage", chat=minh, times=5, **too_long)
    await house.forward(5)
    await house.binh.sees(PAGE, "(nhắc lại lần 2)")
    await all_said(house)
    assert "Không gửi được cho anh Minh: nền tảng không nhận tin." in await log(house)


async def test_429_is_obeyed_by_pages_cards_and_answers_alike(house: House) -> None:
    lan, minh = house.lan.number, house.minh.number
    for chat, method in ((GROUP, "sendMessage"), (minh, "sendMessage"), (lan, "editMessageText")):
        await fault(house, method, chat=chat, status=429, retry_after=1)
    await house.lan.reports("Có")
    await house.card(CARD)
    await house.minh.sees(PAGE)
    assert (await house.stage.get("faults"))["faults"] == []
    for phone, chat, words in ((house.binh, GROUP, CARD), (house.minh, None, PAGE)):
        assert await phone.count(words, chat=chat) == 1
        assert await phone.count("(nhắc lại)", chat=chat) == 0


@pytest.mark.parametrize(("status", "marked"), [(401, False), (502, True)])
async def test_only_what_may_have_arrived_is_marked_as_repeated(
    house: House, status: int, marked: bool
) -> None:
    for chat in (GROUP, house.minh.number):
        await fault(house, "sendMessage", chat=chat, status=status)
    await house.lan.reports("Có")
    for phone, chat, words in ((house.binh, GROUP, CARD), (house.minh, None, PAGE)):
        text = await phone.sees(words, chat=chat)
        assert ("(nhắc lại)" in text) is marked


async def test_each_message_lost_once_on_its_way_arrives_once(house: House) -> None:
    for chat in (GROUP, house.minh.number):
        await fault(house, "sendMessage", chat=chat, lose=True, each=True)
    await house.lan.reports("Có")
    await house.minh.sees(PAGE, "(nhắc lại)")
    await house.card(CARD, "(nhắc lại)")
    await all_said(house)
    assert await house.binh.count(CARD, chat=GROUP) == 1
    assert await house.minh.count(PAGE) == 1


async def test_what_is_on_its_way_for_longer_than_its_lease_is_not_said_twice(house: House) -> None:
    for chat in (GROUP, house.minh.number):
        await fault(house, "sendMessage", chat=chat, delay_seconds=1)
    await house.lan.reports("Có")
    await house.minh.sees(PAGE)
    await house.card(CARD)
    await house.forward(2)
    await all_said(house)
    assert await house.minh.count(PAGE) == 1
    assert await house.binh.count(CARD, chat=GROUP) == 1


@pytest.mark.parametrize("by", ["the group", "a refusal"])
async def test_a_group_that_becomes_a_supergroup_takes_everything_along(
    house: House, by: str
) -> None:
    """HC#132, grafana#31373: its id changed, and alerts stopped."""
    await house.lan.reports("Có")
    await house.card(CARD)
    old, data = await house.minh.button(TAKE, chat=GROUP)
    await house.stage.post("rig", {"hold": by == "a refusal"})
    new = (await group(house, "upgrade"))["id"]
    await used_up(house)
    await house.binh.sees(CARD, chat=new)
    await house.binh.sees(NOBODY, chat=new)
    await house.stage.post("rig", {"hold": False})
    assert await house.minh.presses(old, data, chat=GROUP) == "Anh/chị tiếp nhận sự cố số 1."
    await house.binh.sees(CARD, LEAD, chat=new)
    await all_said(house)
    assert await house.binh.count(CARD, chat=new) == 1
    assert await house.binh.count(NOBODY, chat=new) == 1
    assert rows(house, "SELECT address FROM chats WHERE unit <> ''") == [(f"telegram:{BOT}:{new}",)]
    assert "Không gửi được" not in await log(house)


@pytest.mark.parametrize("by", ["the group", "a refusal"])
async def test_a_bot_thrown_out_is_said_once_and_comes_back_with_its_cards(
    house: House, by: str
) -> None:
    gone = "Trực Ban không còn trong nhóm “Đội ứng cứu”"
    await house.lan.reports("Có")
    await house.card(CARD)
    await house.stage.post("rig", {"hold": by == "a refusal"})
    await group(house, "kick", by=house.hung.number)
    if by == "a refusal":
        await used_up(house)
    await house.binh.sees(gone, "đưa Trực Ban vào lại nhóm")
    await house.stage.post("rig", {"hold": False})
    await house.binh.types("/start")
    before = await tried(house, GROUP)
    await house.minh.picks(TAKE)
    await told(house)
    assert await tried(house, GROUP) == before, "nothing more is tried"
    assert await house.binh.count(gone, "đưa Trực Ban") == 1
    assert f"{gone}: thẻ và tin của nhóm không đến đó nữa." in await log(house)
    await group(house, "members", add=[house.stranger.number])
    await group(house, "invite", by=house.stranger.number)
    await group(house, "kick", by=house.hung.number)
    await group(house, "invite", by=house.hung.number)
    card = await house.card(CARD, LEAD)
    assert "(nhắc lại)" not in card
    assert await house.binh.count(CARD, chat=GROUP) == 2, "not after the stranger's invitation"
    await house.card("· 6 Điều phối công tác ứng cứu")
    assert await house.binh.count("Việc 1.", "Chưa ai nhận", chat=GROUP) == 5
    assert "Trực Ban lại ở trong nhóm “Đội ứng cứu”: thẻ được gửi lại." in await log(house)
    assert await house.binh.count(gone, "đưa Trực Ban") == 1


async def test_a_group_that_lets_the_bot_say_nothing(house: House) -> None:
    await group(house, "mute", on=True)
    await house.lan.reports("Có")
    await house.binh.sees("không được phép gửi tin trong nhóm “Đội ứng cứu”")
    await used_up(house)
    await all_said(house)
    assert await house.binh.count("không được phép gửi tin trong nhóm “") == 1
    why = "Không gửi được cho Đội ứng cứu: Trực Ban không được phép gửi tin trong nhóm."
    assert why in await log(house)
    await group(house, "mute", on=False)
    await house.minh.picks(TAKE)
    await house.card(CARD, LEAD)


async def test_a_topic_that_is_closed_and_then_the_general_one(house: House) -> None:
    """HC#852: topics; and a closed General one lost over 100 notices in silence."""
    topic = (await group(house, "topics", name="Sự cố"))["id"]
    said = await house.binh.says(chat=GROUP, text="/gannhom", topic=topic)
    where = await house.stage.until(
        GROUP, lambda ms: [m["topic"] for m in ms if m["from"]["is_bot"] and m["id"] > said]
    )
    assert where == [topic], "an answer stays in the topic where it was asked for"
    await house.binh.taps_on("Đội ứng cứu", chat=GROUP)
    await house.lan.reports("Có")
    await house.stage.until(GROUP, lambda ms: in_topics(ms, CARD) == [topic])
    await group(house, "topics", topic=topic, do="close")
    await used_up(house)
    await house.stage.until(GROUP, lambda ms: in_topics(ms, NOBODY) == [None])
    await house.binh.sees("đã đóng hoặc đã xóa", "gõ /gannhom")
    await group(house, "topics", topic=1, do="close")
    await used_up(house)
    await house.binh.sees("đã đóng chủ đề nhận tin và cả chủ đề chung", "gõ /gannhom")
    await used_up(house)
    await all_said(house)
    for words in ("đã đóng hoặc đã xóa", "cả chủ đề chung"):
        assert await house.binh.count(words) == 1
    why = "Không gửi được cho Đội ứng cứu: chủ đề của nhóm đã đóng hoặc đã xóa."
    assert why in await log(house)
    await group(house, "topics", topic=topic, do="reopen")
    await used_up(house)
    await house.stage.until(GROUP, lambda ms: in_topics(ms, NOBODY) == [None, topic])


@pytest.mark.parametrize("how", ["deleted", "not to be edited"])
async def test_a_card_message_that_is_gone_is_sent_anew_once(house: House, how: str) -> None:
    await house.lan.reports("Có")
    card, _ = await house.minh.button(TAKE, chat=GROUP)
    if how == "deleted":
        await house.stage.post(f"chats/{GROUP}/delete", {"message": card})
    else:
        said = "Bad Request: message can't be edited"
        await fault(house, "editMessageText", chat=GROUP, status=400, description=said)
    await house.minh.picks(TAKE)
    assert "(nhắc lại)" not in await house.card(CARD, LEAD)
    await house.minh.picks("Trả lại")
    await house.card(CARD, "Chưa ai tiếp nhận")
    await all_said(house)
    assert await house.binh.count(CARD, chat=GROUP) == (1 if how == "deleted" else 2)


async def test_an_account_that_is_gone_and_another_one_of_the_same_person(house: House) -> None:
    await house.stage.post("people", {"id": 188, "name": "Hùng, máy thứ hai"})
    await house.stage.post("people/188/say", {"text": "xin chào"})
    ((hung,),) = rows(house, "SELECT id FROM people WHERE key = 'hung'")
    second, earlier = Chat(f"telegram:{BOT}:188", True), house.office.clock.now().replace(year=2020)
    await house.office.store.run(lambda tx: tx.chats.seen(second, hung, earlier))
    for phone in (house.minh, house.hung):
        await house.stage.post(f"people/{phone.number}/deactivate", {})
    await house.lan.reports("Có")
    await house.stage.until(188, lambda ms: in_topics(ms, PAGE))
    await all_said(house)
    said = await log(house)
    gone = "tài khoản không còn hoạt động"
    assert f"Không gửi được cho anh Minh: {gone}." in said
    assert f"Một kênh của anh Hùng không nhận được tin ({gone}); gửi qua kênh khác." in said
    assert "Không gửi được cho anh Hùng" not in said


async def test_who_shuts_the_bot_out_before_the_answer_has_done_it_all_the_same(
    house: House,
) -> None:
    await house.lan.types("/baosuco")
    message, data = await house.lan.button("Một cửa, dịch vụ công")
    await house.stage.post("rig", {"hold": True})
    body = {"message": message, "data": data, "wait": 0}
    await house.stage.post(f"people/{house.lan.number}/tap", body)
    await house.lan.block()
    await house.stage.post("rig", {"hold": False})
    await house.lan.unblock()
    await house.lan.types("/baosuco")
    assert "Câu 2/10" in await house.lan.screen()


async def test_updates_twice_and_shuffled_change_nothing(house: House) -> None:
    await house.stage.post("rig", {"twice": True, "shuffle": 7})
    await house.lan.reports("Có")
    await house.minh.sees(PAGE)
    await house.stage.post("rig", {"hold": True})
    for phone in (house.minh, house.binh):
        message, data = await phone.button(TAKE)
        body = {"message": message, "data": data, "wait": 0}
        await house.stage.post(f"people/{phone.number}/tap", body)
    await house.stage.post("rig", {"hold": False})
    await house.card("Chủ trì ứng cứu")
    await all_said(house)
    kinds = await house.log(1)
    assert [kinds.count(kind) for kind in ("incident.reported", "page.acknowledged")] == [1, 1]
    assert await house.lan.count("tiếp nhận sự cố số 1 của anh/chị") == 1
