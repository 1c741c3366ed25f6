"""The picture of the figures: a PNG that can be read on a telephone of 390 px.

matplotlib is imported when a picture is first drawn, and drawn in a thread of its own: neither
holds up a page. Its folder of fonts found is a temporary one. Nothing is said by colour alone: bars
differ in shape and hatching, and above each stands what it says.
"""

import os
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from datetime import date, timedelta
from io import BytesIO
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING, Any

from bot.domain.figures import LEVELS, MEASURES, Group, Level, Measure, Spread
from bot.services.figure_outcomes import Counted
from bot.views.voice import Voice

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH, DPI = 3.9, 200  # inches: 780 pixels, twice the width of a telephone
MARGIN, DATES = 0.12, 0.62  # inches at either side; what the names of months need
DARK, LIGHT, INK = "#1f4e79", "#dbe7f3", "#222222"
LINE, BAR, GAP = 0.17, 0.14, 0.1  # inches of a line of words, a bar, and below them
TITLE, HEAD, FOOT = 0.28, 0.5, 1.15  # of a panel, of the whole
LOOK: Any = {
    "font.family": "DejaVu Sans",  # comes with matplotlib and has every Vietnamese letter
    "font.size": 8,
    "text.color": INK,
    "hatch.linewidth": 0.6,
}
ONE_AT_A_TIME = Lock()  # matplotlib's settings are shared by its threads


def png(outcome: Counted, period: str, voice: Voice) -> bytes:
    """`period`: in words. Blocks for about a second the first time, half a second after that."""
    with ONE_AT_A_TIME, ExitStack() as until_drawn:
        if "MPLCONFIGDIR" not in os.environ:  # else it writes into somebody's home
            folder = until_drawn.enter_context(TemporaryDirectory(prefix="trucban-"))
            os.environ["MPLCONFIGDIR"] = folder
            until_drawn.callback(os.environ.pop, "MPLCONFIGDIR")
        from matplotlib import rc_context

        with rc_context(LOOK):
            return _drawn(outcome, period, voice)


def _drawn(outcome: Counted, period: str, voice: Voice) -> bytes:
    from matplotlib.figure import Figure

    tally = outcome.tally
    levels = {level: tally.levels[level] for level in LEVELS if level in tally.levels}
    months = tally.months if len(tally.months) > 1 else {}
    panels = [(measure, _height(levels, measure)) for measure in MEASURES]
    by_month = LINE * 1.2 * len(months)
    whole = HEAD + FOOT + sum(TITLE + height for _, height in panels)
    whole += TITLE + by_month if months else 0
    figure = Figure(figsize=(WIDTH, whole), dpi=DPI)
    top = HEAD
    for measure, height in panels:
        panel = _panel(figure, voice.plain(f"figures.measure.{measure}"), top, height)
        spreads = {level: found.spreads[measure] for level, found in levels.items()}
        _by_level(panel, spreads, height, voice)
        top += TITLE + height
    if months:
        title = voice.plain("figures.chart.months")
        _by_month(_panel(figure, title, top, by_month, DATES), months, voice)
    _around(figure, outcome, period, voice)
    made = BytesIO()
    figure.savefig(made, format="png")
    return made.getvalue()


def _panel(figure: "Figure", title: str, top: float, height: float, left: float = MARGIN) -> "Axes":
    """Below its title; all in inches from the upper left."""
    whole = figure.get_figheight()
    middle = 1 - (top + TITLE * 0.6) / whole
    figure.text(MARGIN / WIDTH, middle, title, fontsize=9, fontweight="bold", va="center")
    width = WIDTH - left - MARGIN
    box = (left / WIDTH, 1 - (top + TITLE + height) / whole, width / WIDTH, height / whole)
    return figure.add_axes(box)


def _around(figure: "Figure", outcome: Counted, period: str, voice: Voice) -> None:
    """What it is of, and what the bars mean."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    tally, whole = outcome.tally, figure.get_figheight()
    count, still_open = tally.whole.count + tally.secret, tally.whole.open + tally.secret_open
    title = voice.say("figures.chart.title", period=period)
    about = voice.say("figures.chart.about", count=count, open=still_open)
    figure.text(
        MARGIN / WIDTH, 1 - 0.18 / whole, title, fontsize=11, fontweight="bold", va="center"
    )
    figure.text(MARGIN / WIDTH, 1 - 0.38 / whole, about, va="center")
    foot = [voice.say("figures.chart.foot", time=voice.time(outcome.at))]
    if tally.secret:
        foot.append(voice.say("figures.chart.secret", count=tally.secret))
    said = {key: voice.plain(f"figures.chart.key_{key}") for key in ("half", "few", "most", "open")}
    keys = [
        Patch(facecolor=DARK, label=said["half"]),
        Line2D([], [], marker="o", color=DARK, linestyle="none", label=said["few"]),
        Patch(facecolor=LIGHT, hatch="////", edgecolor=DARK, label=said["most"]),
        Patch(facecolor="none", edgecolor=INK, label=said["open"]),
    ]
    figure.legend(
        handles=keys,
        loc="lower left",
        bbox_to_anchor=(0, 0.3 / whole),
        fontsize=8,
        frameon=False,
        labelspacing=0.3,
    )
    figure.text(MARGIN / WIDTH, 0.18 / whole, "\n".join(foot), fontsize=7.5, va="center")


def _height(levels: Mapping[Level, Group], measure: Measure) -> float:
    """Inches that the rows of a panel need; an empty one says so in a line."""
    spreads = [found.spreads[measure] for found in levels.values()]
    return sum(map(_row, spreads)) or LINE


def _row(spread: Spread) -> float:
    waits = LINE + BAR if spread.waiting else 0
    return 2 * LINE + (BAR if spread.times else 0) + waits + GAP


def _by_level(panel: "Axes", spreads: Mapping[Level, Spread], height: float, voice: Voice) -> None:
    """From the top down, in inches: what is said, and under it the bar that it speaks of."""
    panel.set_xlim(0, _scale(spreads.values()).total_seconds() or 1)
    panel.set_ylim(height, 0)
    panel.set_axis_off()
    top = 0.0
    for level, spread in spreads.items():
        _words(panel, top, voice.plain(f"figures.level.{level}"), fontweight="bold")
        _words(panel, top + LINE, _times(spread, voice))
        under = top + 2 * LINE
        if spread.times:
            _bar(panel, under, spread)
            under += BAR
        if spread.waiting:
            wait, count = spread.waiting[-1], len(spread.waiting)
            _words(
                panel,
                under,
                voice.say("figures.chart.open", count=count, longest=voice.span(wait)),
            )
            frame: dict[str, Any] = {"facecolor": "none", "edgecolor": INK, "linewidth": 1}
            panel.barh(under + LINE + BAR / 2, wait.total_seconds(), BAR * 0.7, **frame)
        top += _row(spread)
    if not spreads:
        _words(panel, 0, voice.plain("figures.none"))


def _bar(panel: "Axes", top: float, spread: Spread) -> None:
    middle = top + BAR / 2
    if spread.is_few:
        seconds = [one.total_seconds() for one in spread.times]
        panel.plot(seconds, [middle] * len(seconds), "o", color=DARK, markersize=4.5, clip_on=False)
        return
    hatched: dict[str, Any] = {"facecolor": LIGHT, "edgecolor": DARK, "hatch": "////"}
    hatched["linewidth"] = 0.5
    panel.barh(middle, spread.most.total_seconds(), BAR * 0.7, **hatched)
    panel.barh(middle, spread.half.total_seconds(), BAR * 0.7, color=DARK)


def _by_month(panel: "Axes", months: Mapping[date, Group], voice: Voice) -> None:
    """How many, and of those that were acknowledged: half of them within."""
    counts = [found.count for found in months.values()]
    names = [f"{month.month}/{month.year}" for month in months]
    bars = panel.barh(names, counts, 0.7, facecolor=LIGHT, edgecolor=DARK, linewidth=0.5)
    labels = []
    for found in months.values():
        taken = found.spreads["taken"]
        said = voice.say("figures.chart.month", count=found.count, half=_half(taken, voice))
        labels.append(said if taken.times else str(found.count))
    panel.bar_label(bars, labels, padding=3)
    panel.set_xlim(0, max(counts, default=0) * 2.5 or 1)  # the words behind a bar need the rest
    panel.invert_yaxis()
    panel.margins(y=0.01)
    panel.patch.set_visible(False)
    panel.spines[:].set_visible(False)
    panel.tick_params(bottom=False, labelbottom=False, left=False)


def _scale(spreads: Iterable[Spread]) -> timedelta:
    """To what was measured: a wait that is longer runs out of the picture, and says how long."""
    every = list(spreads)
    shown = [one.times[-1] if one.is_few else one.most for one in every if one.times]
    return max(shown or [one.waiting[-1] for one in every if one.waiting], default=timedelta())


def _words(panel: "Axes", top: float, said: str, **look: Any) -> None:
    panel.text(0, top + LINE / 2, said, va="center", **look)


def _times(spread: Spread, voice: Voice) -> str:
    if not spread.times:
        return voice.plain("figures.none")
    if spread.is_few:
        return _half(spread, voice)
    half, most = voice.span(spread.half), voice.span(spread.most)
    return voice.say("figures.chart.half", half=half, most=most)


def _half(spread: Spread, voice: Voice) -> str:
    """The median; a few one by one."""
    if spread.is_few:
        return voice.plain("common.list").join(map(voice.span, spread.times))
    return voice.span(spread.half)
