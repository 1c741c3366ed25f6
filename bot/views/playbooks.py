"""A playbook (kịch bản ứng cứu) page by page: the contents, then each part in a few lines."""

from datetime import date

from bot.domain.playbook_pages import Item, Leaf, Part
from bot.services.ports.incidents import Situation
from bot.services.scenario_outcomes import PlaybookPage
from bot.views import scenarios
from bot.views.callbacks import Turn
from bot.views.screen import Button, Screen
from bot.views.voice import Html, Voice, lines, lower_first


def page(outcome: PlaybookPage, voice: Voice) -> Screen:
    number, one = outcome.brief.incident.id, outcome.brief.situation
    if one is None or outcome.leaf is None:
        key = "nothing" if outcome.may_choose else "nothing_yet"
        rows = [[scenarios.choose(number, voice)]] if outcome.may_choose else []
        return Screen(voice.say(f"scenarios.page.{key}", number=number), rows, aside=True)
    text = _contents(number, one, voice)
    if outcome.leaf.part is not None:
        text = _leaf(number, outcome.leaf, outcome.leaf.part, one, voice)
    buttons = [
        Button(_way(leaf, outcome.leaf, voice), Turn(incident=number, place=place))
        for place, leaf in outcome.ways
    ]
    rows = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    return Screen(text, rows, aside=True, numbers=Turn)


def _contents(number: int, one: Situation, voice: Voice) -> Html:
    book = one.playbook
    tested = voice.plain("scenarios.page.not_tested")
    if book.tested:
        tested = voice.say("scenarios.page.tested", date=_day(book.tested))
    key = "reviewed" if book.reviewed else "not_reviewed"
    day = _day(book.reviewed) if book.reviewed else ""
    return lines(
        voice.say("scenarios.page.contents", number=number, name=scenarios.name(one, voice)),
        voice.say(f"scenarios.page.{key}", date=day, tested=tested),
        voice.say("scenarios.page.ask"),
    )


def _leaf(number: int, leaf: Leaf, part: Part, one: Situation, voice: Voice) -> Html:
    key = "head" if leaf.count > 1 else "head_one"
    head = voice.say(
        f"scenarios.page.{key}",
        part=_called(part, voice),
        place=leaf.number,
        count=leaf.count,
        name=scenarios.name(one, voice),
    )
    foot = voice.say("scenarios.page.files", number=number) if part == "evidence" else ""
    return lines(head, *(_item(item, part, voice) for item in leaf.items), foot)


def _item(item: Item, part: Part, voice: Voice) -> Html:
    if part == "evidence":
        return voice.say("scenarios.page.evidence", text=item.text, how=item.beside)
    if part == "questions" and item.beside:
        criterion = lower_first(voice.plain(f"report.label.{item.beside}"))
        return voice.say("scenarios.page.question", text=item.text, criterion=criterion)
    return voice.say("scenarios.page.item", text=item.text)


def _way(leaf: Leaf, here: Leaf, voice: Voice) -> str:
    """Where a button leads to."""
    if leaf.part is None:
        return voice.plain(f"scenarios.page.{'other' if here.part is None else 'to_contents'}")
    if here.part is None:
        return _called(leaf.part, voice)
    if leaf.part == here.part:
        return voice.plain("scenarios.page.next")
    return voice.say("scenarios.page.next_part", part=_called(leaf.part, voice))


def _called(part: Part, voice: Voice) -> str:
    return voice.plain(f"scenarios.part.{part}")


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
