"""A roster that is brought in by chat, as its keeper sees it: asked for, previewed, applied."""

from bot.domain.roster_import import usual_of
from bot.services.import_outcomes import Awaiting, BroughtIn, Looked, Preview, Stopped
from bot.views import importing
from bot.views.callbacks import Go
from bot.views.screen import Button, Screen
from bot.views.voice import Html, Voice, lines

LENGTHS = (12, 8, 5, 3, 2, 1)  # lines of each list of a preview, until it fits
LONGEST = 3500  # characters of a preview; what stands below it needs the rest of 4096


def awaiting(outcome: Awaiting, voice: Voice) -> Screen:
    """/nhaplich"""
    if not outcome.carried:
        return Screen(voice.say("importing.chat.elsewhere"))
    if not outcome.rosters:
        return Screen(voice.say("importing.chat.none"))
    if outcome.roster is not None:
        return Screen(voice.say("importing.chat.send", roster=outcome.roster.name))
    rows = [
        [Button(one.name, Go(to="import_roster", number=place))]
        for place, one in enumerate(outcome.rosters, start=1)
    ]
    return Screen(voice.say("importing.chat.which"), rows, numbers=Go)


def looked(outcome: Looked, voice: Voice) -> Screen:
    """The preview; its button where there is something to apply."""
    seen = outcome.preview
    shown = _fitting(seen, voice)
    if seen.trouble:
        return Screen(lines(shown, _beyond(seen, voice), voice.say("importing.chat.other")))
    if not outcome.number:
        return Screen(shown)
    text = lines(shown, _beyond(seen, voice), voice.say("importing.chat.confirm"))
    button = Button(
        voice.plain("importing.chat.apply"), Go(to="roster_apply", number=outcome.number)
    )
    return Screen(text, [[button]])


def brought_in(outcome: BroughtIn, voice: Voice) -> Screen:
    """Applied now, or before."""
    if outcome.preview is not None:
        return Screen(importing.done(outcome.preview, voice))
    time = voice.time(outcome.at)
    return Screen(voice.say("importing.chat.already", file=outcome.file, time=time))


def stopped(_: Stopped, voice: Voice) -> Screen:
    """ "Hủy" """
    return Screen(voice.say("importing.chat.stopped"))


def _fitting(seen: Preview, voice: Voice) -> Html:
    usual = usual_of(seen.roster)
    told = (importing.preview(seen, voice, usual, most) for most in LENGTHS)
    return next((one for one in told if len(one) <= LONGEST), importing.found(seen, voice))


def _beyond(seen: Preview, voice: Voice) -> Html:
    """What only the command line can be told: a column, hours, who a name is."""
    asks = seen.assumed or seen.unsure or seen.beside or seen.trouble == "no_column"
    return voice.say("importing.chat.beyond") if asks else Html("")
