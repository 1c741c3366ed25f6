"""Updates in, screens out: the routers in the order in which an update meets them."""

from aiogram import Router

from handlers import chats, commands, errors, forms, leaders, paging, start, words


def routers() -> list[Router]:
    """A command is met before plain words, which take whatever is left; errors are last."""
    return [
        start.setup(),  # its code would be a command's number
        commands.setup(),
        forms.setup(),
        paging.setup(),
        leaders.setup(),
        chats.setup(),
        words.setup(),  # takes every text that is left
        errors.setup(),
    ]
