"""The sample agency with as many officials as a measurement wants, joined without being asked.

Their rows are put there directly: only what comes after joining is measured.
"""

from datetime import UTC, datetime
from pathlib import Path

from bot.domain.people import Act, Identity, Post, Role
from bot.office import Office
from bot.services import joining
from bot.services.ports.messages import Chat
from bot.services.ports.store import Transaction
from playbooks.agency_file import load_agency

SAMPLE = Path(__file__).parent.parent / "playbooks" / "samples" / "agency.yaml"
ACCOUNT = 424242  # the bot's
UNIT = "tan_lap"
FIRST_LISTED, FIRST_OFFICIAL = 101, 1001  # user ids: of the agency's file, of the officials
NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)


def address(number: int) -> str:
    return f"telegram:{ACCOUNT}:{number}"


def act_of(number: int, at: datetime = NOON, key: str | None = None) -> Act:
    """One act of the person with this user id. `key`: of the update, where there is one."""
    identity = Identity("telegram", str(ACCOUNT), str(number))
    return Act(identity, at, address(number), update_key=key)


async def settle(office: Office, officials: int) -> list[int]:
    """The user ids of everybody: first those of the agency's file in its order, then officials."""
    agency = load_agency(SAMPLE, office.plans)
    await office.desk.do(joining.apply_agency, office.console(), agency)
    listed = [FIRST_LISTED + place for place in range(len(agency.people))]
    new = [FIRST_OFFICIAL + place for place in range(officials)]

    def join(tx: Transaction) -> None:
        post = Post(Role.OFFICIAL, UNIT)
        ids = list(range(1, len(listed) + 1))
        ids += [tx.people.add(f"Lan {number}", post, "vi", NOON).id for number in new]
        for number, person_id in zip([*listed, *new], ids, strict=True):
            tx.people.link(Identity("telegram", str(ACCOUNT), str(number)), person_id)
            tx.chats.seen(Chat(address(number), private=True), person_id, NOON)

    await office.store.run(join)
    return [*listed, *new]
