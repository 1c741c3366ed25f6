"""Nothing secret in what the program writes: no token, no code, no word that people told it."""

import sqlite3
from contextlib import closing

import pytest

from tests.faults.house import House
from tests.flows.house import TOKEN

WORDS = "may em bi ma doc, tep nao cung doi tien"


@pytest.mark.parametrize("form", ["text", "json"])
async def test_a_log_at_debug_level_is_discreet(house: House, form: str) -> None:
    """Also when a step breaks with the words in its hands, and when the wire fails."""
    made = await house.command("invite", "--role", "responder", "--unit", "doi_ung_cuu")
    await made.ended()
    *_, code = made.out.lines
    process = await house.start(TRUCBAN_LOG_LEVEL="debug", TRUCBAN_LOG_FORMAT=form)
    lan = house.phones["lan"]
    broken = "CREATE TRIGGER broken BEFORE INSERT ON forms BEGIN SELECT raise(ABORT, 'broken'); END"
    change(house, broken)
    await lan.types(WORDS)
    await lan.sees("Xin lỗi, chưa thực hiện được")
    change(house, "DROP TRIGGER broken")
    await house.stage.post("faults", {"method": "sendMessage", "drop": True})
    await lan.types(WORDS)
    await lan.sees("Việc này đã ghi nhận rồi.", WORDS)
    await house.stage.post("people", {"id": 300, "name": "Người mới"})
    await house.stage.post("people/300/say", {"text": f"/start {code}"})
    await house.stage.until(300, lambda shown: len(shown) > 1)
    await house.end()
    said = process.told()
    assert "handler.failed" in said
    assert "IntegrityError" in said
    for secret in (TOKEN, WORDS, code):
        assert secret not in said
    assert "\x1b" not in said, "colours are for terminals"


def change(house: House, statement: str) -> None:
    with closing(sqlite3.connect(house.rows.file)) as rows, rows:
        rows.execute(statement)
