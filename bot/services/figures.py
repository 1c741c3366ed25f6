"""Use cases of figures (thống kê): counted for the units below whoever asks, and drawn."""

from bot.domain.agency import Agency
from bot.domain.errors import NotFound, NotHere
from bot.domain.figures import Course, period, tally
from bot.domain.people import SEES_FIGURES, Act, Verb
from bot.domain.platform import can
from bot.services import passes
from bot.services.briefing import unit_name
from bot.services.clocks import HERE
from bot.services.figure_outcomes import Counted, PictureLink
from bot.services.outcomes import Wants
from bot.services.ports.store import Transaction
from bot.services.telling import agency_of


def counted(
    tx: Transaction, act: Act, code: int, whole: bool = False, drawn: bool = False
) -> Counted:
    """/thongke. NotHere: a group; how fast a unit was is not said before others."""
    act.require(Verb.SEE_FIGURES)
    if not act.private:
        raise NotHere("figures")
    of = period(code, act.at.astimezone(HERE).date())
    agency, ours = agency_of(tx), {post.unit for post in act.person.posts_of(SEES_FIGURES)}
    courses = tx.figures.courses(of.begins, of.ends)
    below = [one for one in courses if _is_below(agency, one, ours)]
    found = tally(below, of, act.at)
    return Counted(
        of,
        found,
        tx.figures.rounds(of.begins, of.ends),
        {unit: unit_name(agency, unit) for unit in found.units},
        agency.name,
        act.at,
        whole,
        drawn,
        can(act.chat).files,
        bool(tx.public_url),
    )


def picture(tx: Transaction, act: Act, code: int | None) -> Wants | PictureLink:
    """The same as a picture: to a chat that takes files; elsewhere by a link that is good for a
    while."""
    act.require(Verb.SEE_FIGURES)
    if not act.private:
        raise NotHere("figures")
    if can(act.chat).files:
        return Wants("figures_picture", code)
    of = period(code or 0, act.at.astimezone(HERE).date())
    if not tx.public_url:
        return PictureLink("", act.at, of)
    word, until = passes.give_figures(tx, act, of.code)
    tx.record(f"person/{act.person.id}", "figures.linked", period=of.code)
    return PictureLink(f"{tx.public_url}/thongke/{word}", until, of)


def page(tx: Transaction, act: Act, word: str) -> Counted:
    """What a signed link leads to, counted anew. PassOver; Forbidden: the post is gone."""
    act.require(Verb.JOIN)
    return counted(tx, act, passes.linked(tx, word, act.at, "figures").about, drawn=True)


def _is_below(agency: Agency, course: Course, ours: set[str]) -> bool:
    """A unit that the file has lost is found by who could see its incident then."""
    try:
        return bool(ours & {unit.id for unit in agency.line(course.unit)})
    except NotFound:
        return bool(ours & set(course.scope))
