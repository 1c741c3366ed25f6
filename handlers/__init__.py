"""Updates in, screens out: the routers in the order in which an update meets them."""

from aiogram import Router

from handlers import (
    chats,
    commands,
    errors,
    files,
    forms,
    holding,
    leaders,
    paging,
    playbooks,
    quiet,
    readiness,
    rosters,
    start,
    tasks,
    watching,
    words,
)


def routers() -> list[Router]:
    """A command is met before plain words, which take whatever is left; errors are last."""
    first = (watching, start, commands, quiet)  # a code would be a command's number
    pressed = (forms, paging, leaders, tasks, playbooks, rosters, files, readiness, holding)
    last = (chats, words, errors)  # words take whatever is left
    return [area.setup() for area in (*first, *pressed, *last)]
