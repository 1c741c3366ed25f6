"""The whole program over fresh files: the real sandbox over HTTP, the real bot polling it."""

import asyncio
import random
import shutil
import socket
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from aiohttp import ClientSession
from pydantic import SecretStr

from bot.app import Program, make_bots
from bot.config import Settings
from bot.domain.agency import Agency, Change
from bot.domain.people import Role
from bot.domain.task import Task
from bot.office import opened
from bot.platforms.clock import PushedClock
from bot.platforms.pace import Pace
from bot.platforms.telegram import make_bot
from bot.sandbox.cast import GROUP, STRANGER, Cast
from bot.sandbox.server import Sandbox
from bot.services import joining
from bot.services.sealing import Proof, prove
from bot.stage import PHONES as STAGE_PHONES
from bot.stage import SAMPLE as STAGE_FILE
from bot.stage import TEAM as STAGE_TEAM
from playbooks.agency_file import load_agency
from tests.flows.person import Phone, Stage
from tests.flows.zalo_phone import ZaloPhone

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
TOKEN, ZALO_TOKEN = "424242:test", "515151:test"
AGENCY = Path(__file__).parent / "agency.yaml"
PHONES = {
    "lan": (101, "Lan – Văn phòng xã"),
    "minh": (102, "Minh – Đội ứng cứu"),
    "hung": (103, "Hùng – Đội phó"),
    "binh": (104, "Bình – Trực ban"),
    "phuc": (105, "Phúc – Lãnh đạo"),
    "son": (106, "Sơn – Chủ tịch xã"),
    "nga": (107, "Nga"),
    "h_linh": (108, "H'Linh"),
    "y_thang": (109, "Y Thắng"),
    "thao": (110, "Thảo"),
    "van": (111, "Vân"),
    "quang": (112, "Quang"),
}


KINDS: Mapping[str, type[Phone]] = {"telegram": Phone, "zalo": ZaloPhone, "both": Phone}


class Town(NamedTuple):
    """An agency's file, whose phones there are, and who of them reads the team's group."""

    file: Path
    phones: Mapping[str, tuple[int, str]]
    team: list[str]
    room: tuple[str, str] = ("doi_ung_cuu", "Đội ứng cứu")  # whose group it is


TOWN = Town(AGENCY, PHONES, ["binh", "minh", "hung"])
SAMPLE = Town(STAGE_FILE, STAGE_PHONES, STAGE_TEAM)  # what `make run` shows


class House:
    """Phones by the ids of the agency's file; `stranger`; `group`, the team's chat; `network`: the
    one that they are on ("both": the program is on both, they begin on Telegram)."""

    def __init__(
        self,
        stage: Stage,
        sandbox: Sandbox,
        program: Program,
        town: Town = TOWN,
        network: str = "telegram",
    ) -> None:
        self.stage, self.sandbox, self.program = stage, sandbox, program
        self.office, self.town, self.network = program.office, town, network
        self.kind = KINDS[network]
        self.phones = {key: self.kind(stage, *who) for key, who in town.phones.items()}
        self.stranger = self.kind(stage, STRANGER, "Người lạ")
        self.group = GROUP

    def __getattr__(self, name: str) -> Phone:
        try:
            return self.phones[name]
        except KeyError:
            raise AttributeError(name) from None

    async def forward(self, minutes: float) -> None:
        """Pushes the clock; what falls due is done at the next sweep."""
        await self.stage.post("clock/push", {"seconds": minutes * 60})

    async def daytime(self) -> None:
        """Pushes the clock to a noon, so that this morning is past."""
        here = self.office.clock.now().astimezone(HERE)
        await self.forward((24 + 12 - here.hour) * 60 - here.minute)

    async def card(self, *words: str) -> str:
        """The group's card, as soon as it says so."""
        return await self.phones["binh"].sees(*words, chat=self.group)

    async def is_member(self, who: Phone) -> bool:
        """Whether somebody reads the team's group."""
        chats = (await self.stage.get("state", messages=1))["chats"]
        group = next(chat for chat in chats if chat["id"] == self.group)
        return who.number in group["members"]

    async def card_button(self, words: str, label: str) -> tuple[int, str]:
        """A card's message, and the data of its button."""
        return await self.phones["binh"].card_button(words, label, self.group)

    async def newest_in_group(self) -> int:
        """The id of the newest message there."""
        return int((await self.stage.messages(self.group))[-1]["id"])

    async def new_in_group(self, since: int) -> int:
        """How many messages the bot has sent there since; edits are none."""
        messages = await self.stage.messages(self.group)
        return sum(m["from"]["is_bot"] and m["id"] > since for m in messages)

    async def tasks(self, number: int) -> Sequence[Task]:
        return await self.office.store.look(lambda tx: tx.tasks.of(number))

    async def proof(self) -> Proof:
        return await self.office.store.look(prove)

    async def apply(self, change: Callable[[Agency], Agency]) -> Sequence[Change]:
        """The agency's file with a change, loaded again (python -m bot init FILE)."""
        agency = change(load_agency(self.town.file, self.office.plans))
        act = self.office.console()
        return (await self.office.desk.do(joining.apply_agency, act, agency)).value

    async def log(self, number: int) -> list[str]:
        """What kinds of events one incident's chain holds, in order."""
        chain = f"incident/{number}"
        links = await self.office.store.look(lambda tx: tx.events.chain(chain))
        return [link.kind for link in links]

    async def join(self, number: int, name: str, code: str) -> Phone:
        """A new phone that redeems a code, as a deep link does."""
        phone = await self.phone(number, name)
        await phone.types(f"/start {code}")
        return phone

    async def phone(self, number: int, name: str) -> Phone:
        """A new one, whose owner has never written."""
        await self.stage.post("people", {"id": number, "name": name, "network": self.network})
        return self.kind(self.stage, number, name)

    async def invite(self, role: Role, unit: str, person: str = "") -> str:
        act = self.office.console()
        return (await self.office.desk.do(joining.invite, act, role, unit, person)).value.code


def posted() -> dict[str, str]:
    """The settings with which updates are posted to the program, on a free port of loopback.

    Not one that the system gives out: it may give the same to somebody else before we use it.
    """
    port = next(one for one in iter(_any_port, None) if _is_free(one))
    return {"webhook_url": f"http://127.0.0.1:{port}", "webhook_listen": f"127.0.0.1:{port}"}


def _any_port() -> int:
    return random.randrange(20_000, 30_000)


def _is_free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def settings(folder: Path, address: str, network: str = "telegram", **changes: Any) -> Settings:
    on_zalo: dict[str, Any] = {
        "zalo_token": SecretStr(ZALO_TOKEN),
        "zalo_api": f"{address}/zalo",
    }
    on_telegram: dict[str, Any] = {"telegram_token": SecretStr(TOKEN), "telegram_api": address}
    of_network = {"zalo": on_zalo, "telegram": on_telegram, "both": {**on_telegram, **on_zalo}}
    return Settings(
        **of_network[network],
        clock_url=f"{address}/sandbox/clock",
        database=f"sqlite:///{folder / 'trucban.db'}",
        poll_timeout=5,
        sweep_seconds=0.1,
        **changes,
    )


@asynccontextmanager
async def running(
    folder: Path,
    *beside: Sandbox,
    town: Town = TOWN,
    network: str = "telegram",
    **changes: Any,
) -> AsyncIterator[House]:
    """Everything started in `folder`, which may hold what an earlier run has left.

    `beside`: each with one more bot of the program, and phones of its own.
    """
    async with AsyncExitStack() as stack:
        sandbox = Sandbox(folder / "sandbox.db", TOKEN, zalo_token=ZALO_TOKEN)
        await sandbox.start()
        stack.push_async_callback(sandbox.stop)
        way_in = posted() if network == "zalo" else {}  # what nobody asks for there is lost
        chosen = settings(folder, sandbox.address, network, **{**way_in, **changes})
        clock = PushedClock(f"{sandbox.address}/sandbox/clock")
        await clock.start()
        stack.push_async_callback(clock.stop)
        http = await stack.enter_async_context(ClientSession())
        office = await stack.enter_async_context(opened(chosen, clock))
        agency = load_agency(town.file, office.plans)
        await office.desk.do(joining.apply_agency, office.console(), agency)
        stage = Stage(sandbox.address, http)
        await stage.post("limits", {"on": False})
        pace = Pace(per_second=1000, chat_per_second=1000, group_per_minute=60000, burst=1000)
        bots = make_bots(chosen, lambda: pace)
        bots += [make_bot(one.token, one.address, pace) for one in beside]
        program = Program(chosen, office, *bots)
        await program.begin()
        running_program = asyncio.create_task(program.run())
        stack.push_async_callback(_ended, program, running_program)
        yield House(stage, sandbox, program, town, network)


async def _ended(program: Program, running_program: "asyncio.Task[None]") -> None:
    await program.stop()
    await running_program


async def make_template(folder: Path, town: Town = TOWN, network: str = "telegram") -> None:
    """A house where everybody has joined: copied for each test, since joining takes a while."""
    async with running(folder, town=town, network=network) as house:
        agency = load_agency(town.file, house.office.plans)
        posts = {person.id: person.roles[0] for person in agency.people}

        async def code(key: str) -> str:
            return await house.invite(Role(posts[key].role), posts[key].unit, key)

        cast = Cast(house.sandbox.address, town.phones, town.phones if network == "zalo" else ())
        await cast.enter(code, "binh", town.team, *town.room, "Người lạ")


def copy_of(template: Path, folder: Path) -> Path:
    for file in template.iterdir():
        shutil.copy(file, folder / file.name)
    return folder
