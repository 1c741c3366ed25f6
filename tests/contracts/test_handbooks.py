"""The handbooks tell the truth: what they quote is in the program, what they link to is there.

`…` is a button, a command or a file; “…” is typed, or stands on a screen; docs/handbooks/README.md.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from bot.commands import app
from bot.views.hearing import answers, task_words
from bot.views.people import COMMANDS
from bot.views.words import all_of
from tests.contracts import tracked
from tests.contracts.test_tone import AVOIDED

FOLDER = Path("docs/handbooks")
WHOSE = ("official", "responder", "duty_officer", "duty", "leader", "administrator")
ON_DUTY = [FOLDER / f"{who}.md" for who in WHOSE]
PAGES = [*ON_DUTY, FOLDER / "platforms.md"]
ALL = [*PAGES, FOLDER / "README.md"]
QUOTING = [*PAGES, Path("docs/quickstart.md")]
FORMAT = (Path("playbooks/README.md"), Path("playbooks/samples/agency.yaml"))
PROGRAMS = typer.main.get_group(app).commands
VI = all_of("vi")
SPOKEN = [re.sub(r"</?\w+>", "", words) for words in VI.values()]
SLASH = re.compile(r"(?<![\w./])/([a-z]+)(?![\w/])")
CODE = re.compile(r"`([^`\n]+)`")
QUOTE = re.compile(r"“([^”]+)”")
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
PICTURE = re.compile(r"handbook-[\w-]+\.png")
OF_BOTFATHER = {"/newbot", "/revoke", "/setprivacy"}  # typed to Telegram's own bot


def said(page: Path) -> str:
    """The prose, without code and addresses; what is said of a picture the browser holds to it."""
    text = re.sub(r"```.*?```", "", tracked.text(page), flags=re.DOTALL)
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    return re.sub(r"\]\([^)]*\)", "]", text)


def found(page: Path, pattern: re.Pattern[str]) -> list[str]:
    return pattern.findall(said(page))


def patterns() -> Iterator[re.Pattern[str]]:
    """What is said on the screens, whatever stands at the places of facts."""
    for words in SPOKEN:
        for line in words.split("\n"):
            parts = [re.escape(part) for part in re.split(r"\{\w+\}", line)]
            if len("".join(parts).strip()) > 3:
                yield re.compile(".+".join(parts))


ON_SCREENS = list(patterns())


def is_on_a_screen(quote: str) -> bool:
    """A whole line of it, or a part of its words as they are written."""
    return any(quote in words for words in SPOKEN) or any(
        one.fullmatch(quote) or one.match(f"{quote} …") for one in ON_SCREENS
    )


def is_heard(quote: str) -> bool:
    """Somebody types it, and the program knows what is meant."""
    ears = (answers.command, answers.taking, answers.incident_number, answers.navigation)
    is_answered = any(ear(quote) for ear in ears) or answers.number(quote) is not None
    return is_answered or task_words.task_code(quote) is not None


def is_a_button(code: str) -> bool:
    labels = {re.sub(r"\{code\}", "12.3", words) for words in SPOKEN}
    return code in labels


def is_typed_on_a_server(code: str) -> bool:
    if found := re.match(r"python -m bot ([\w-]+)(?: ([\w-]+))?", code):
        named = PROGRAMS.get(found[1])
        return named is not None and found[2] in getattr(named, "commands", {None, found[2]})
    if found := re.match(r"make (\w+)", code):
        return f"\n{found[1]}: ##" in tracked.text(Path("Makefile"))
    if code.startswith("docker compose "):
        return Path("compose.yaml") in tracked.files()
    if code.startswith("TRUCBAN_"):
        return f"\n{code}=" in tracked.text(Path(".env.example"))
    return code == "cp" or any(f"{code}:" in tracked.text(file) for file in FORMAT)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_button_and_file_it_names_is_there(page: Path) -> None:
    names = {*tracked.files(), *map(Path, OF_BOTFATHER), Path(".env"), Path("co-quan.yaml")}
    unknown = [
        code
        for code in found(page, CODE)
        if not (is_a_button(code) or is_typed_on_a_server(code) or Path(code) in names)
    ]
    assert unknown == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_it_quotes_is_heard_or_stands_on_a_screen(page: Path) -> None:
    assert [one for one in found(page, QUOTE) if not (is_heard(one) or is_on_a_screen(one))] == []


@pytest.mark.parametrize("page", QUOTING, ids=lambda page: page.stem)
def test_every_command_is_one(page: Path) -> None:
    shown = {name for names in COMMANDS.values() for name in names}
    prose = CODE.sub(lambda code: code[0] if code[1].startswith("/") else "", said(page))
    unknown = [one for one in SLASH.findall(prose) if one not in shown]
    assert [one for one in unknown if f"/{one}" not in OF_BOTFATHER] == []


@pytest.mark.parametrize("page", ALL, ids=lambda page: page.stem)
def test_every_link_and_picture_is_there(page: Path) -> None:
    root = tracked.ROOT.resolve()
    targets = [target for target in LINK.findall(tracked.text(page)) if "://" not in target]
    reached = [(root / page.parent / target).resolve().relative_to(root) for target in targets]
    assert [one for one in reached if one not in tracked.files()] == []
    assert targets


def test_the_pictures_are_those_that_the_browser_takes() -> None:
    taken = set(PICTURE.findall(tracked.text(Path("tests/browser/test_handbooks.py"))))
    shown = {name for page in PAGES for name in PICTURE.findall(tracked.text(page))}
    kept = {path.name for path in tracked.files() if PICTURE.fullmatch(path.name)}
    assert taken == shown == kept


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_avoided_word(page: Path) -> None:
    prose = QUOTE.sub("", CODE.sub("", said(page)))  # the screens have a test of their own
    words = "|".join(map(re.escape, AVOIDED))
    assert re.findall(rf"(?<!\w)(?:{words})(?!\w)", prose, re.IGNORECASE) == []
    assert "!" not in prose


@pytest.mark.parametrize("page", ON_DUTY, ids=lambda page: page.stem)
def test_one_page(page: Path) -> None:
    """What fits a telephone's screen a few times over, at two in the morning."""
    assert len(said(page).split()) <= 950
