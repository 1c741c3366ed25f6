"""python -m bot recognise: what the told words point to. Needs no settings and no database.

Nothing of the text is kept or logged.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot.domain.recognition import Recognised, recognise
from bot.domain.scenario import Scenario
from playbooks.errors import BadData
from playbooks.lexicon_file import load_lexicon
from playbooks.scenario_files import load_scenarios

TROUBLE = 2  # exit code: something is to be put right before this can be done
LONGEST = 1000  # characters, as in question 2 of the report
CRITERIA = {
    "c1": "Gián đoạn",
    "c2": "Bí mật nhà nước",
    "c3": "Mất dữ liệu",
    "c4": "Mất quyền điều khiển",
    "c5": "Nhiều nơi, lan rộng",
    "c6": "Vượt khả năng",
}
ANSWERS = {"yes": "có", "no": "không", "unknown": "chưa rõ"}


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def recognise_told(
    told: Annotated[str, typer.Argument(metavar="LỜI", help="Lời người báo, để trong ngoặc kép.")],
    as_json: Annotated[bool, typer.Option("--json", help="In JSON, cho chương trình đọc.")] = False,
    words: Annotated[
        list[Path] | None, typer.Option(help="Tệp từ ngữ riêng của cơ quan; dùng được nhiều lần.")
    ] = None,
) -> None:
    """Nhận ra tình huống từ lời người báo, kèm các từ đã dựa vào; gợi ý sáu tiêu chí."""
    if not told.strip():
        _stop('Chưa có lời nào. Ví dụ: python -m bot recognise "mở máy thấy chữ đòi tiền"')
    if len(told) > LONGEST:
        _stop(f"Lời báo dài {len(told)} ký tự (tối đa {LONGEST}): viết một hai câu là đủ.")
    try:
        lexicon, scenarios = load_lexicon(words or ()), load_scenarios()
    except BadData as error:
        _stop(str(error))
    recognised = recognise(told, lexicon)
    typer.echo(_json(recognised, scenarios) if as_json else _text(recognised, scenarios))


def _stop(text: str) -> NoReturn:
    typer.echo(text, err=True)
    raise typer.Exit(TROUBLE)


def _json(recognised: Recognised, scenarios: Mapping[str, Scenario]) -> str:
    found = [
        {
            "id": one.scenario,
            "name": scenarios[one.scenario].name,
            "score": one.score,
            "words": one.words,
        }
        for one in recognised.found
    ]
    criteria = {
        name: {"answer": one.answer.value, "words": one.words}
        for name, one in recognised.suggested.items()
    }
    return json.dumps({"scenarios": found, "criteria": criteria}, ensure_ascii=False, indent=2)


def _text(recognised: Recognised, scenarios: Mapping[str, Scenario]) -> str:
    lines = ["Có thể là:"] if recognised.found else ["Lời báo chưa chỉ vào tình huống nào."]
    for number, one in enumerate(recognised.found, start=1):
        name = scenarios[one.scenario].name
        lines.append(f"{number}. {name} ({one.score} điểm): {_quoted(one.words)}")
    if recognised.suggested:
        lines.append("Gợi ý tiêu chí, chờ người ứng cứu xác nhận:")
    for criterion, hint in recognised.suggested.items():
        lines.append(f"- {CRITERIA[criterion]}: {ANSWERS[hint.answer]}, vì {_quoted(hint.words)}")
    return "\n".join(lines)


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f"“{word}”" for word in words)
