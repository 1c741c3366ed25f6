"""invite, verify and --help, as operators' scripts use them."""

import asyncio
import re
import sqlite3
import sys
from contextlib import closing

import pytest

from tests.cli.conftest import Bot
from tests.faults.house import House
from tests.faults.processes import ROOT
from tests.faults.rows import Rows


async def test_help_lists_the_five_commands(bot: Bot) -> None:
    process = await bot("--help")
    assert process.code == 0
    shown = "\n".join(process.out.lines)
    assert all(f"│ {name} " in shown for name in ("run", "sandbox", "init", "invite", "verify"))


async def test_an_invitation_is_the_last_line_and_can_be_redeemed(house: House) -> None:
    """While the bot runs: two processes write into one database."""
    await house.start()
    words = ("--role", "responder", "--unit", "doi_ung_cuu")
    made = await house.command("invite", *words)
    assert await made.ended() == 0, made.told()
    *_, code = made.out.lines
    assert code.isalnum()
    assert len(code) == 10
    newcomer = {"id": 300, "name": "Người mới"}
    await house.stage.post("people", newcomer)
    await house.stage.post("people/300/say", {"text": code})
    found = await house.stage.until(300, lambda shown: "Đã kết nối" in shown[-1]["text"])
    assert found
    invited = await house.command("invite", "--role", "duty", "--unit", "nowhere")
    assert await invited.ended() == 2
    assert invited.err.lines == [
        "Không có “nowhere” trong tệp của cơ quan. Xem mã đơn vị, mã người ở tệp đã nạp."
    ]


async def test_a_log_that_is_intact(house: House) -> None:
    await house.start()
    await house.end()
    process = await house.command("verify")
    assert await process.ended() == 0, process.told()
    intact, anchor = process.out.lines
    assert intact.startswith("Nguyên vẹn: ")
    digest = anchor.rpartition(" ")[2]
    kept = await house.command("verify", "--anchor", digest)
    assert await kept.ended() == 0
    lost = await house.command("verify", "--anchor", "0" * 64)
    assert await lost.ended() == 1
    assert "không có niêm phong đã ghi lại" in lost.out.lines[0]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ("UPDATE events SET person_id = 3 WHERE chain = 'agency' AND seq = 4", "mục 4"),
        ("UPDATE payloads SET payload = '{}' WHERE chain = 'agency' AND seq = 5", "mục 5"),
        ("DELETE FROM events WHERE chain = 'agency' AND seq = 6", "mục 6"),
    ],
)
async def test_a_log_that_was_tampered_with(house: House, change: str, where: str) -> None:
    with closing(sqlite3.connect(house.rows.file)) as rows, rows:
        assert rows.execute(change).rowcount == 1
    process = await house.command("verify")
    assert await process.ended() == 1, process.told()
    assert process.out.lines[0].startswith(f"HỎNG: nhật ký agency, {where}: ")
    assert process.err.lines == []


async def test_a_backup_of_the_running_bot_holds_everything(house: House) -> None:
    """By the command of docs/operations.md."""
    document = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    program = re.search(r'^python -c "(.*)" data', document, re.MULTILINE)
    assert program is not None
    await house.start()
    await house.phones["lan"].types("tep nao cung doi tien")
    copy = house.folder / "copy.db"
    command = (sys.executable, "-c", program[1], house.rows.file, copy)
    copying = await asyncio.create_subprocess_exec(*command)
    assert await copying.wait() == 0
    process = await house.command("verify", TRUCBAN_DATABASE=f"sqlite:///{copy}")
    assert await process.ended() == 0, process.told()
    assert Rows(copy).events("draft/2") == {"form.begun": 1}
