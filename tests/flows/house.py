"""The whole program over fresh files: the real sandbox over HTTP, the real bot polling it."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import ClientSession
from pydantic import SecretStr

from bot.app import Office, Program, opened
from bot.config import Settings
from bot.domain.agency import Agency, Change
from bot.domain.people import Role
from bot.platforms.clock import PushedClock
from bot.platforms.pace import Pace
from bot.platforms.telegram import introduce, make_bot
from bot.sandbox.cast import GROUP, STRANGER, Cast
from bot.sandbox.server import Sandbox
from bot.services import joining
from bot.services.sealing import Proof, prove
from playbooks.agency_file import load_agency
from tests.flows.person import Phone, Stage

TOKEN = "424242:test"
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


class House:
    """Phones by the ids of the agency's file; `stranger`; `group`, the team's chat."""

    def __init__(self, stage: Stage, sandbox: Sandbox, office: Office) -> None:
        self.stage, self.sandbox, self.office = stage, sandbox, office
        self.phones = {key: Phone(stage, *who) for key, who in PHONES.items()}
        self.stranger = Phone(stage, STRANGER, "Người lạ")
        self.group = GROUP

    def __getattr__(self, name: str) -> Phone:
        try:
            return self.phones[name]
        except KeyError:
            raise AttributeError(name) from None

    async def forward(self, minutes: float) -> None:
        """Pushes the clock; what falls due is done at the next sweep."""
        await self.stage.post("clock/push", {"seconds": minutes * 60})

    async def card(self, *words: str) -> str:
        """The group's card, as soon as it says so."""
        return await self.phones["binh"].sees(*words, chat=self.group)

    async def proof(self) -> Proof:
        return await self.office.store.look(prove)

    async def apply(self, change: Callable[[Agency], Agency]) -> Sequence[Change]:
        """The agency's file with a change, loaded again (python -m bot init FILE)."""
        agency = change(load_agency(AGENCY, self.office.plans))
        act = self.office.console()
        return (await self.office.desk.do(joining.apply_agency, act, agency)).value

    async def log(self, number: int) -> list[str]:
        """What kinds of events one incident's chain holds, in order."""
        chain = f"incident/{number}"
        links = await self.office.store.look(lambda tx: tx.events.chain(chain))
        return [link.kind for link in links]

    async def join(self, number: int, name: str, code: str) -> Phone:
        """A new phone that redeems a code, as a deep link does."""
        await self.stage.post("people", {"id": number, "name": name})
        phone = Phone(self.stage, number, name)
        await phone.types(f"/start {code}")
        return phone

    async def invite(self, role: Role, unit: str, person: str = "") -> str:
        act = self.office.console()
        return (await self.office.desk.do(joining.invite, act, role, unit, person)).value.code


def settings(folder: Path, address: str, **changes: Any) -> Settings:
    return Settings(
        telegram_token=SecretStr(TOKEN),
        telegram_api=address,
        clock_url=f"{address}/sandbox/clock",
        database=f"sqlite:///{folder / 'trucban.db'}",
        poll_timeout=5,
        sweep_seconds=0.1,
        **changes,
    )


@asynccontextmanager
async def running(folder: Path, **changes: Any) -> AsyncIterator[House]:
    """Everything started in `folder`, which may hold what an earlier run has left."""
    async with AsyncExitStack() as stack:
        sandbox = Sandbox(folder / "sandbox.db", TOKEN)
        await sandbox.start()
        stack.push_async_callback(sandbox.stop)
        chosen = settings(folder, sandbox.address, **changes)
        clock = PushedClock(f"{sandbox.address}/sandbox/clock")
        await clock.start()
        stack.push_async_callback(clock.stop)
        http = await stack.enter_async_context(ClientSession())
        office = await stack.enter_async_context(opened(chosen, clock))
        agency = load_agency(AGENCY, office.plans)
        await office.desk.do(joining.apply_agency, office.console(), agency)
        stage = Stage(sandbox.address, http)
        await stage.post("limits", {"on": False})
        pace = Pace(per_second=1000, chat_per_second=1000, group_per_minute=60000, burst=1000)
        program = Program(chosen, office, make_bot(TOKEN, sandbox.address, pace))
        await introduce(program.bot)
        running_program = asyncio.create_task(program.run())
        stack.push_async_callback(_ended, program, running_program)
        yield House(stage, sandbox, office)


async def _ended(program: Program, running_program: "asyncio.Task[None]") -> None:
    await program.stop()
    await running_program


async def make_template(folder: Path) -> None:
    """A house where everybody has joined: copied for each test, since joining takes a while."""
    async with running(folder) as house:
        agency = load_agency(AGENCY, house.office.plans)
        posts = {person.id: person.roles[0] for person in agency.people}

        async def code(key: str) -> str:
            return await house.invite(Role(posts[key].role), posts[key].unit, key)

        cast = Cast(house.sandbox.address, PHONES)
        team = ["binh", "minh", "hung"]
        await cast.enter(code, "binh", team, "doi_ung_cuu", "Đội ứng cứu", "Người lạ")


def copy_of(template: Path, folder: Path) -> Path:
    for file in template.iterdir():
        shutil.copy(file, folder / file.name)
    return folder
