"""The page's files: its words in both languages, its stories, and what is served with them."""

import json
import re
from pathlib import Path

import pytest

from bot.sandbox.page_server import FOLDER
from bot.sandbox.story_files import Step, StoryBroken, load_stories
from bot.stage import PHONES
from bot.views import words as bot_words
from tests.sandbox.wire import Wire

WORDS = ("words.vi.js", "words.en.js")
HOLES = re.compile(r"\{(\w+)\}")
USED = re.compile(r"""["'`]((?:page|clock|push|phone|chat|message|write|story)\.[\w.]+)["'`]""")


def words(language: str) -> dict[str, str]:
    text = (FOLDER / f"words.{language}.js").read_text(encoding="utf-8")
    given: dict[str, str] = json.loads(text.removeprefix("export default ").rstrip().rstrip(";"))
    return given


def used() -> set[str]:
    files = [*FOLDER.glob("*.js"), *FOLDER.glob("*.html")]
    texts = [file.read_text(encoding="utf-8") for file in files if file.name not in WORDS]
    named = {key for text in texts for key in USED.findall(text)}
    player = (FOLDER / "player.js").read_text(encoding="utf-8")
    named |= {f"story.{name}" for name in re.findall(r'this\.button\("(\w+)"', player)}
    speeds = re.findall(r"const SPEEDS = \{(.*)\}", player)[0]
    named |= {f"story.{name}" for name in re.findall(r"(\w+):", speeds)}
    return named | {f"{key}.one" for key in named if f"{key}.one" in words("vi")}


def test_both_languages_say_the_same_things_with_the_same_facts() -> None:
    vietnamese, english = words("vi"), words("en")
    assert list(vietnamese) == list(english)
    for key, text in vietnamese.items():
        assert set(HOLES.findall(text)) == set(HOLES.findall(english[key])), key


def test_every_word_is_used_and_every_used_word_is_there() -> None:
    assert used() == set(words("vi"))


def test_the_page_knows_the_words_with_which_the_bot_offers_others() -> None:
    for language in bot_words.LANGUAGES:
        page = words(language)
        leads = {bot_words.text(language, f"typed.{key}") for key in ("words", "room")}
        assert {f"{lead}: {{words}}" for lead in page["write.offers"].split("|")} == leads
        send = f"{page['write.types'].lower()} {bot_words.text(language, 'typed.nav.send')}."
        assert send in bot_words.text(language, "typed.send")


def test_no_word_of_the_page_stands_elsewhere() -> None:
    letters = re.compile(r"[ăâđêôơưạảấầẩậắằặẹẻẽếềểệịỉọỏốồổộớờợụủứừữựỳ]", re.IGNORECASE)
    found = {
        f"{file.name}: {line.strip()}"
        for file in FOLDER.glob("*.js")
        if file.name not in WORDS
        for line in file.read_text(encoding="utf-8").splitlines()
        if letters.search(line) and not line.lstrip().startswith(("//", "const VIETNAMESE"))
    }
    assert found == set()


def test_the_stories_are_whole_and_everybody_in_them_has_a_phone() -> None:
    stories = load_stories()
    assert len(stories) >= 2
    phones = {name.partition(" – ")[0] for _, name in PHONES.values()}
    for story in stories:
        assert {step.who for step in story.steps} - {None} <= phones, story.title.vi


def test_what_a_step_can_hold_is_documented() -> None:
    doc = (FOLDER.parents[2] / "docs" / "sandbox.md").read_text(encoding="utf-8")
    table = doc.partition("| in a step | |")[2].partition("\n\n")[0]
    first = " ".join(row.split("|")[1] for row in table.splitlines()[2:])
    fields = {field.alias or name for name, field in Step.model_fields.items()}
    assert set(re.findall(r"`(\w+)[`:]", first)) == fields


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("{who: Lan, tapp: Có}", "steps.0.tapp"),
        ("{who: Lan, tap: Có, say: Có}", "one thing"),
        ("{tap: Có}", "who"),
        ("{who: Lan}", "does, sees or tells"),
        ("{who: Lan, say: Có, maybe: true}", "maybe"),
        ("{who: Lan, caption: {vi: Một}}", "steps.0.caption.en"),
        ("{who: [", "1-x.yaml"),
    ],
)
def test_a_broken_story_names_the_place(tmp_path: Path, step: str, words: str) -> None:
    head = "title: {vi: a, en: a}\nabout: {vi: a, en: a}\nminutes: 1\nsteps:\n"
    (tmp_path / "1-x.yaml").write_text(f"{head}  - {step}\n", encoding="utf-8")
    with pytest.raises(StoryBroken, match=words) as caught:
        load_stories(tmp_path)
    assert str(caught.value).startswith("1-x.yaml: ")


async def test_they_are_served_under_the_pages_own_policy(wire: Wire) -> None:
    async with wire.http.get("/page/stories.json") as answer:
        assert answer.status == 200
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        titles = [story["title"]["vi"] for story in await answer.json()]
    assert titles == [story.title.vi for story in load_stories()]
    async with wire.http.get("/page/nothing.js") as answer:
        assert answer.status == 404
