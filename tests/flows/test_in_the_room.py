"""In the team's group: no telephone number is said there, whoever asks and however."""

from tests.flows.house import House

PHONES = ("0905 000 111", "0905 000 333", "0905 000 222")


async def test_the_state_of_an_incident_is_said_without_the_reporters_number(house: House) -> None:
    await house.lan.reports("Có")
    await house.binh.types("/tinhhinh 1", chat=house.group)
    said = await house.card("Người báo: chị Lan")
    assert not any(phone in said for phone in PHONES)
    await house.binh.types("/tinhhinh 1")
    await house.binh.sees("Người báo: chị Lan", "0905 000 111")


async def test_who_takes_it_by_words_in_the_room_is_answered_without_numbers(house: House) -> None:
    await house.lan.reports("Có")
    await house.card("SỰ CỐ SỐ 1")
    messages = await house.stage.messages(house.group)
    card = next(one["id"] for one in messages if "SỰ CỐ SỐ 1" in one["text"])
    await house.hung.says(house.group, text="7", reply_to=card)
    await house.card("Anh/chị tiếp nhận sự cố số 1.")
    await house.card("Chủ trì ứng cứu: anh Hùng")
    texts = await house.hung.all_texts(house.group)
    assert not any(phone in text for text in texts for phone in PHONES)
