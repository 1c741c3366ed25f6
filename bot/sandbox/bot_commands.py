"""getMe and the command menus."""

import re
from typing import Any

from bot.sandbox.bot_access import open_chat
from bot.sandbox.commands import Command, scope_name
from bot.sandbox.refusals import BadRequest
from bot.sandbox.world import World

MOST_COMMANDS = 100
WIDE = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
ONE_CHAT = {"chat", "chat_administrators", "chat_member"}


def get_me(world: World, given: dict[str, Any]) -> dict[str, Any]:
    return {
        **world.bot.user(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _scope(world: World, given: dict[str, Any]) -> str:
    scope = given.get("scope") or {"type": "default"}
    if scope["type"] in ONE_CHAT:
        if "chat_id" not in scope:
            raise BadRequest("can't parse BotCommandScope: chat_id is required")
        open_chat(world, scope["chat_id"])
        if scope["type"] == "chat_member" and "user_id" not in scope:
            raise BadRequest("can't parse BotCommandScope: user_id is required")
    elif scope["type"] not in WIDE:
        raise BadRequest("can't parse BotCommandScope: unsupported type specified")
    return scope_name(scope)


def _language(given: dict[str, Any]) -> str:
    language: str = given.get("language_code", "")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise BadRequest("LANG_CODE_INVALID")
    return language


def set_my_commands(world: World, given: dict[str, Any]) -> bool:
    commands = given["commands"]
    if len(commands) > MOST_COMMANDS:
        raise BadRequest("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise BadRequest("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise BadRequest("BOT_COMMAND_DESCRIPTION_INVALID")
    scope, language = _scope(world, given), _language(given)
    if (world.commands.get(scope, language) or []) != commands:
        world.commands.set(scope, language, commands)
        world.events.tell("commands", {"scope": scope})
    return True


def get_my_commands(world: World, given: dict[str, Any]) -> list[Command]:
    return world.commands.get(_scope(world, given), _language(given)) or []
