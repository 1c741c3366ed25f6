"""A town of forty people for the kill test: its agency's file, their phones, five teams' groups.

Their rows are put there directly, and twenty incidents with them in which something has been done
already: only what comes after is tested.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.domain.form import Move
from bot.domain.people import Act, Identity
from bot.office import Office, opened
from bot.sandbox.chats import MEMBER, BotAccount
from bot.sandbox.world import World
from bot.services import dialogs, joining, paging, phases, reports, tasks
from bot.services.ports.messages import Chat
from bot.services.ports.store import Transaction
from bot.views.hearing.moments import offered
from playbooks.agency_file import load_agency
from tests.faults.forkserver import AT_ONCE
from tests.faults.house import opened as standing
from tests.faults.processes import Launcher
from tests.flows.house import TOKEN, settings

BOT = int(TOKEN.partition(":")[0])
HERE = f"telegram:{BOT}"
FIRST_PERSON, FIRST_GROUP = 201, -1001
COMMUNES = ("Tân An", "Tân Bình", "Tân Châu", "Tân Dương", "Tân Hòa")
# The roles of each commune's people, and whether the team's posts are theirs too.
SEATS = ("official", "official", "security_officer", "responder", "responder", "duty", "leader")
NAMES = (
    *("An", "Bích", "Châu", "Dũng", "Giang", "Hà", "Khánh", "Liên", "Mai", "Nam"),
    *("Oanh", "Phong", "Quý", "Sen", "Tâm", "Uyên", "Vinh", "Xuân", "Yến", "Ân"),
    *("Bảo", "Cúc", "Đạt", "Hạnh", "Huy", "Kiên", "Linh", "Lộc", "Mạnh", "Nghĩa"),
    *("Nhung", "Phượng", "Quyên", "Sáng", "Thành", "Thủy", "Trí", "Tuấn", "Vượng", "Ý"),
)
INCIDENTS = 20
PLANS = ("krong_pac_2023", "krong_pac_2023", "my_hao_2025", "krong_pac_2023", "my_hao_2025")


@dataclass(frozen=True, slots=True)
class Resident:
    key: str
    number: int  # on the platform
    name: str
    posts: tuple[tuple[str, str], ...]  # role and unit
    group: int = 0  # of the team; 0: of none

    def has(self, *roles: str) -> bool:
        return any(role in roles for role, _ in self.posts)


def residents() -> tuple[Resident, ...]:
    seated: list[tuple[tuple[tuple[str, str], ...], int]] = []
    for place in range(len(COMMUNES)):
        for role in SEATS:
            posts: tuple[tuple[str, str], ...] = ((role, f"xa_{place}"),)
            if role in ("security_officer", "responder"):
                posts += (("responder", f"doi_{place}"),)
            in_group = role in ("security_officer", "responder", "duty")
            seated.append((posts, FIRST_GROUP - place if in_group else 0))
    seated += [((("leader", "ban_chi_dao"),), 0)] * 3
    seated += [((("security_officer", "van_phong"),), 0), ((("admin", "huyen"),), 0)]
    return tuple(
        Resident(f"nguoi_{place}", FIRST_PERSON + place, name, posts, group)
        for place, (name, (posts, group)) in enumerate(zip(NAMES, seated, strict=True))
    )


RESIDENTS = residents()


def agency_file() -> str:
    """As YAML, of which JSON is a part."""
    whom = {"secret_contact": {"person": "lãnh đạo xã", "place": "phòng Chủ tịch"}}
    top: dict[str, Any] = {"name": "UBND huyện Mẫu", "short": "huyện", "plan": PLANS[2], **whom}
    beside = {"office": "van_phong", "steering": "ban_chi_dao"}
    units = {"huyen": {**top, "functions": {"focal": "doi_0", **beside}}}
    units["ban_chi_dao"] = {"name": "Ban Chỉ đạo", "short": "Ban Chỉ đạo", "parent": "huyen"}
    units["van_phong"] = {"name": "Văn phòng huyện", "short": "Văn phòng", "parent": "huyen"}
    systems: dict[str, Any] = {}
    for place, (name, plan) in enumerate(zip(COMMUNES, PLANS, strict=True)):
        commune, team = f"xa_{place}", f"doi_{place}"
        functions = {"focal": team, "owner": commune, **beside}
        units[commune] = {"name": f"UBND xã {name}", "short": f"xã {name}", "parent": "huyen"}
        units[commune] |= {"plan": plan, "functions": functions, **whom}
        units[team] = {"name": f"Đội {name}", "short": f"Đội {name}", "parent": commune}
        for kind, level in (("mot_cua", 3), ("may_tinh", 1)):
            where = {"operator": commune, "unit": commune, "level": level}
            systems[f"{kind}_{place}"] = {"name": f"{kind} {name}".replace("_", " "), **where}
    people = {
        one.key: {
            "name": one.name,
            "title": "anh",
            "position": "cán bộ",
            "phone": f"0905 000 {one.number}",
            "roles": [
                {"role": role, "unit": unit, "order": order}
                for order, (role, unit) in enumerate(one.posts, start=1)
            ],
        }
        for one in RESIDENTS
    }
    contact = {"phone": "0262 000 000", "email": "suco@mau.example.vn", "hours": "24/24"}
    about = {"name": "UBND huyện Mẫu", "about": "Dữ liệu bịa để thử.", "contact": contact}
    return json.dumps({**about, "units": units, "people": people, "systems": systems})


async def make_town(folder: Path, launcher: Launcher) -> None:
    """The files of such a town, where all is said that had to be said until now."""
    world = World(folder / "sandbox.db", BotAccount(BOT, "Trực Ban", "trucban_bot"))
    with world.step():
        for one in RESIDENTS:
            person = world.chats.save_person(one.name, None, one.number)
            world.chats.mark(person, started=True, blocked=False)
        for number, members in groups():
            world.chats.add_group(f"Đội {number}", MEMBER, number)
            for one in members:
                world.chats.join(number, one.number)
    world.store.close()
    await _enter(folder)
    async with standing(folder, launcher) as house:
        await house.start(**{AT_ONCE: "1"})
        await house.rows.until_nothing_waits()
        assert await house.end() == 0


def groups() -> Iterator[tuple[int, list[Resident]]]:
    for place in range(len(COMMUNES)):
        number = FIRST_GROUP - place
        yield number, [one for one in RESIDENTS if one.group == number]


async def _enter(folder: Path) -> None:
    file = folder / "agency.yaml"
    file.write_text(agency_file(), encoding="utf-8")
    async with opened(settings(folder, "http://127.0.0.1")) as office:
        act = office.console()
        await office.desk.do(joining.apply_agency, act, load_agency(file, office.plans))
        await office.store.run(lambda tx: _join(tx, office))
        for number in range(1, INCIDENTS + 1):
            await _happened(office, number)


def _join(tx: Transaction, office: Office) -> None:
    ids = {person.key: person.id for person in tx.people.listed([one.key for one in RESIDENTS])}
    now = office.clock.now()
    for one in RESIDENTS:
        tx.people.link(Identity("telegram", str(BOT), str(one.number)), ids[one.key])
        tx.chats.seen(Chat(f"{HERE}:{one.number}", private=True), ids[one.key], now)
    for place, (number, _) in enumerate(groups()):
        title = f"Đội {COMMUNES[place]}"
        room = Chat(f"{HERE}:{number}", private=False, unit=f"doi_{place}", title=title)
        tx.chats.bind(room, now)


async def _happened(office: Office, number: int) -> None:
    """One incident, the further on the higher its number: reported, taken, worked on."""
    place = number % len(COMMUNES)
    official, _, lead = RESIDENTS[place * len(SEATS) :][:3]

    async def does(who: Resident, use_case: Callable[..., Any], *args: Any) -> Any:
        here = f"{HERE}:{who.number}"
        identity = Identity("telegram", str(BOT), str(who.number))
        act = Act(identity, office.clock.now(), here)
        return (await office.desk.do(use_case, act, *args)).value

    draft = await does(official, reports.begin)
    since = offered("just_now", office.clock.now()).stored()
    for answer in (f"may_tinh_{place}", "Máy chậm.", since, "yes" if number % 5 else "unknown"):
        move = Move("answer", answer)
        draft = await does(official, dialogs.press, draft.id, draft.version, move)
    await does(official, dialogs.press, draft.id, draft.version, Move("early"))
    page = await office.store.look(lambda tx: tx.pages.of(number))
    if page is None or page.kind == "verify" or number < INCIDENTS // 4:
        return
    await does(lead, paging.take, page.id)
    for task in (await office.store.look(lambda tx: tx.tasks.of(number)))[: number // 5]:
        if task.runs:
            await does(lead, tasks.press, "take", task.id)
            await does(lead, tasks.press, "done", task.id, 0, "đã làm theo kế hoạch")
    if number % 2:
        draft = await does(lead, phases.begin_advance, number)
        await does(lead, dialogs.press, draft.id, draft.version, Move("answer", "ready"))
