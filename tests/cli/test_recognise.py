"""python -m bot recognise, in an empty folder with nothing set: for scripts and by hand."""

import json
from pathlib import Path

from tests.cli.conftest import Bot

TOLD = "may em mo khong duoc, hien chu tieng anh doi tien"


async def test_json_for_programs(bot: Bot) -> None:
    process = await bot("recognise", "--json", TOLD)
    assert process.code == 0, process.told()
    answer = json.loads("\n".join(process.out.lines))
    first = answer["scenarios"][0]
    assert first["id"] == "ma_hoa"
    assert first["name"] == "Tấn công mã hóa phần mềm, dữ liệu, thiết bị"
    assert first["score"] >= 3
    assert "doi tien" in first["words"]
    assert answer["criteria"] == {"c1": {"answer": "yes", "words": ["mo khong duoc"]}}


async def test_words_for_people(bot: Bot) -> None:
    process = await bot("recognise", TOLD)
    assert process.code == 0, process.told()
    shown = process.out.lines
    assert shown[0] == "Có thể là:"
    assert shown[1].startswith("1. Tấn công mã hóa phần mềm, dữ liệu, thiết bị (")
    assert "“doi tien”" in shown[1]
    assert shown[-1] == "- Gián đoạn: có, vì “mo khong duoc”"


async def test_nothing_is_guessed(bot: Bot) -> None:
    process = await bot("recognise", "chào anh, mai họp mấy giờ")
    assert process.code == 0
    assert process.out.lines == ["Lời báo chưa chỉ vào tình huống nào."]
    process = await bot("recognise", "--json", "chào anh, mai họp mấy giờ")
    assert json.loads("\n".join(process.out.lines)) == {"scenarios": [], "criteria": {}}


async def test_an_agencys_own_words(bot: Bot, tmp_path: Path) -> None:
    own = tmp_path / "rieng.yaml"
    own.write_text('scenarios:\n  qua_tai:\n    - {weight: 5, say: ["ngày trả lương"]}\n', "utf-8")
    process = await bot("recognise", "--words", str(own), "ngay tra luong, may quay mai")
    assert process.out.lines[1].startswith("1. Sự cố liên quan đến quá tải hệ thống")
    own.write_text("scenarios:\n  qua_tai:\n    - {weight: 7, say: [x]}\n", "utf-8")
    process = await bot("recognise", "--words", str(own), "ngay tra luong")
    assert process.code == 2
    assert process.err.lines == [
        "rieng.yaml:3: scenarios.qua_tai.0.weight: 7 lớn quá (nhiều nhất 5)"
    ]


async def test_too_little_and_too_much(bot: Bot) -> None:
    process = await bot("recognise", "  ")
    assert process.code == 2
    assert process.err.lines[0].startswith("Chưa có lời nào.")
    process = await bot("recognise", "a" * 1001)
    assert process.code == 2
    assert process.err.lines == ["Lời báo dài 1001 ký tự (tối đa 1000): viết một hai câu là đủ."]
