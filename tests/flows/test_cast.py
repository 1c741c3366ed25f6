"""The sample's people enter by themselves, some on Telegram, some on Zalo, into one program."""

from pathlib import Path

import pytest

from bot.domain.people import Role
from bot.sandbox import people_side
from bot.sandbox.cast import GROUP, STRANGER, Cast, CastFailed
from playbooks.agency_file import load_agency
from tests.flows.house import PHONES, House, running

ENTERING = {key: PHONES[key] for key in ("binh", "minh", "lan")}


async def enters(house: House, on_zalo: set[str]) -> None:
    agency = load_agency(house.town.file, house.office.plans)
    posts = {person.id: person.roles[0] for person in agency.people}

    async def code(key: str) -> str:
        return await house.invite(Role(posts[key].role), posts[key].unit, key)

    cast = Cast(house.sandbox.address, ENTERING, on_zalo)
    team = ["binh", "minh"]
    await cast.enter(code, "binh", team, "doi_ung_cuu", "Đội ứng cứu", "Người lạ")


@pytest.mark.parametrize("on_zalo", [{"lan", "minh"}, {"binh", "minh"}])
async def test_people_of_both_networks_join_and_the_group_is_bound(
    tmp_path: Path, on_zalo: set[str]
) -> None:
    async with running(tmp_path, network="both") as house:
        await enters(house, on_zalo)
        state = await house.stage.get("state")
        networks = {person["id"]: person["network"] for person in state["people"]}
        there = "zalo" if "binh" in on_zalo else "telegram"
        assert networks == {
            **{ENTERING[key][0]: "zalo" if key in on_zalo else "telegram" for key in ENTERING},
            STRANGER: there,
        }
        (group,) = (chat for chat in state["chats"] if chat["id"] == GROUP)
        assert group["network"] == there
        same = [
            ENTERING[key][0] for key in ("binh", "minh") if (key in on_zalo) == (there == "zalo")
        ]
        assert group["members"] == same
        await house.card("gắn với Đội ứng cứu")
        for number, _ in ENTERING.values():
            (chat,) = (one for one in state["chats"] if one["id"] == number)
            assert any("liên lạc được" in message["text"] for message in chat["messages"])
            assert not any(message["lost"] for message in chat["messages"])


async def test_a_zalo_bot_that_does_not_listen_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people_side, "PATIENCE", 0.2)
    async with running(tmp_path) as house:
        with pytest.raises(CastFailed, match="the Zalo bot does not listen"):
            await enters(house, {"lan"})
