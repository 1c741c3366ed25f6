"""A screen for a chat without buttons (Zalo): what to type stands in the text.

Options get numbers, pages and questions to leaders 7 and 9, everything else a word, so that a
number typed as an answer presses nothing else. What is typed is resolved from the prompt's row
(bot/services/listening.py); nothing of a keyboard is kept.
"""

from dataclasses import replace
from html import escape

from bot.views.callbacks import Answer, Choice, Confirm, Go, Nav, Opinion
from bot.views.screen import Button, Screen
from bot.views.voice import Html, Voice, lines

MOST = 6  # options with a number; 7 and 9 are kept for what is urgent
URGENT = {
    ("take", 7),
    ("alive", 7),
    ("agree", 7),
    ("serious", 7),
    ("confirm", 7),
    ("pass", 9),
    ("opinion", 9),
    ("not_serious", 9),
    ("deny", 9),
}
DIGITS = dict(URGENT)


def typed(screen: Screen, voice: Voice, room: bool = False) -> Screen:
    """The same screen with its buttons spelled out. `room`: in a group, where only what answers
    the bot or names it is heard."""
    buttons = [button for row in screen.rows for button in row if button.typed is not None]
    if voice.taps or not screen.rows:
        return screen
    options = [one for one in buttons if _is_option(one, screen)][:MOST]
    urgent = [one for one in buttons if _digit(one)]
    rest = [one for one in buttons if one not in options and one not in urgent]
    said = [
        *(_line(str(place), one.label) for place, one in enumerate(options, start=1)),
        *(_line(f"{_digit(one)} =", one.label) for one in urgent),
        _polite(urgent, voice),
        *_words(rest, voice, "typed.room" if room else "typed.words"),
    ]
    return replace(screen, text=lines(screen.text, *said), rows=())


def word(button: Button, voice: Voice) -> str:
    """What is typed in place of pressing it."""
    match button.data:
        case _ if button.typed:
            return button.typed
        case Nav(do=do):
            return voice.plain(f"typed.nav.{do}")
        case Go(to=to, number=number):
            return f"{voice.plain(f'typed.go.{to}')} {number or ''}".strip()
        case Answer():
            return voice.plain("typed.back")
    return button.label.lower()


def _is_option(button: Button, screen: Screen) -> bool:
    more = isinstance(button.data, Nav) and button.data.do == "more"
    kind = screen.numbers
    return kind is not None and (isinstance(button.data, kind) or (more and kind is Choice))


def _digit(button: Button) -> int | None:
    match button.data:
        case Answer(do=said) | Opinion(answer=said) | Confirm(do=said):
            return DIGITS.get(said)
    return None


def _polite(urgent: list[Button], voice: Voice) -> Html:
    """Under a page: what does not take it."""
    is_page = any(isinstance(one.data, Answer) and one.data.do == "take" for one in urgent)
    return voice.say("typed.polite") if is_page else Html("")


def _words(rest: list[Button], voice: Voice, key: str) -> list[Html]:
    rest = sorted(rest, key=lambda one: isinstance(one.data, Nav) and one.data.do == "early")
    does = [one.data.do if isinstance(one.data, Nav) else "" for one in rest]
    send = [_send(rest, voice)] if "send" in does else []
    left = [
        word(one, voice)
        for one, do in zip(rest, does, strict=True)
        if not (send and do in ("send", "edit"))
    ]
    said = voice.plain("typed.between").join(escape(one, quote=False) for one in left)
    return [*send, *([voice.say(key, words=Html(said))] if left else [])]


def _send(rest: list[Button], voice: Voice) -> Html:
    """A report's questions are numbered; those of a short form are not."""
    edit = next((one for one in rest if isinstance(one.data, Nav) and one.data.do == "edit"), None)
    if edit and edit.typed:
        return voice.say("typed.send_short", edit=edit.typed)
    return voice.say("typed.send")


def _line(typed_first: str, label: str) -> Html:
    return Html(f"{typed_first} {escape(label, quote=False)}")
