"""The Bot API 10.3's fields of the methods and types that the sandbox has, as data.

`played=False`: the real server knows the field and the sandbox does not act on it, so a call
that carries it is refused instead of half obeyed.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    types: tuple[str, ...]
    required: bool = False
    played: bool = True


def _may(*types: str) -> Field:
    return Field(types)


def _must(*types: str) -> Field:
    return Field(types, required=True)


def _not_here(*types: str) -> Field:
    return Field(types, played=False)


_MARKUPS = ("InlineKeyboardMarkup", "ReplyKeyboardMarkup", "ReplyKeyboardRemove", "ForceReply")

METHODS: dict[str, dict[str, Field]] = {
    "getMe": {},
    "getUpdates": {
        "offset": _may("Integer"),
        "limit": _may("Integer"),
        "timeout": _may("Integer"),
        "allowed_updates": _may("Array of String"),
    },
    "sendMessage": {
        "business_connection_id": _not_here("String"),
        "chat_id": _must("Integer", "String"),
        "message_thread_id": _may("Integer"),
        "direct_messages_topic_id": _not_here("Integer"),
        "ephemeral_message_parameters": _not_here("Object"),
        "text": _must("String"),
        "parse_mode": _may("String"),
        "entities": _may("Array of MessageEntity"),
        "link_preview_options": _may("LinkPreviewOptions"),
        "disable_notification": _may("Boolean"),
        "protect_content": _may("Boolean"),
        "allow_paid_broadcast": _not_here("Boolean"),
        "message_effect_id": _not_here("String"),
        "suggested_post_parameters": _not_here("Object"),
        "reply_parameters": _may("ReplyParameters"),
        "reply_markup": _may(*_MARKUPS),
    },
    "editMessageText": {
        "business_connection_id": _not_here("String"),
        "chat_id": _may("Integer", "String"),
        "message_id": _may("Integer"),
        "inline_message_id": _not_here("String"),
        "text": _may("String"),
        "parse_mode": _may("String"),
        "entities": _may("Array of MessageEntity"),
        "link_preview_options": _may("LinkPreviewOptions"),
        "rich_message": _not_here("Object"),
        "reply_markup": _may("InlineKeyboardMarkup"),
    },
    "sendDocument": {
        "business_connection_id": _not_here("String"),
        "chat_id": _must("Integer", "String"),
        "message_thread_id": _may("Integer"),
        "direct_messages_topic_id": _not_here("Integer"),
        "ephemeral_message_parameters": _not_here("Object"),
        "document": _must("String", "InputFile"),
        "thumbnail": _not_here("String", "InputFile"),
        "caption": _may("String"),
        "parse_mode": _may("String"),
        "caption_entities": _may("Array of MessageEntity"),
        "disable_content_type_detection": _may("Boolean"),
        "disable_notification": _may("Boolean"),
        "protect_content": _may("Boolean"),
        "allow_paid_broadcast": _not_here("Boolean"),
        "message_effect_id": _not_here("String"),
        "suggested_post_parameters": _not_here("Object"),
        "reply_parameters": _may("ReplyParameters"),
        "reply_markup": _may(*_MARKUPS),
    },
    "getFile": {"file_id": _must("String")},
    "answerCallbackQuery": {
        "callback_query_id": _must("String"),
        "text": _may("String"),
        "show_alert": _may("Boolean"),
        "url": _may("String"),
        "cache_time": _may("Integer"),
    },
    "setMyCommands": {
        "commands": _must("Array of BotCommand"),
        "scope": _may("BotCommandScope"),
        "language_code": _may("String"),
    },
    "getMyCommands": {
        "scope": _may("BotCommandScope"),
        "language_code": _may("String"),
    },
    "setWebhook": {
        "url": _must("String"),
        "certificate": _not_here("Object"),
        "ip_address": _not_here("String"),
        "max_connections": _may("Integer"),
        "allowed_updates": _may("Array of String"),
        "drop_pending_updates": _may("Boolean"),
        "secret_token": _may("String"),
    },
    "deleteWebhook": {"drop_pending_updates": _may("Boolean")},
    "getWebhookInfo": {},
}

TYPES: dict[str, dict[str, Field]] = {
    "Object": {},
    "MessageEntity": {
        "type": _must("String"),
        "offset": _must("Integer"),
        "length": _must("Integer"),
        "url": _may("String"),
        "user": _may("Object"),
        "language": _may("String"),
        "custom_emoji_id": _may("String"),
    },
    "LinkPreviewOptions": {
        "is_disabled": _may("Boolean"),
        "url": _may("String"),
        "prefer_small_media": _may("Boolean"),
        "prefer_large_media": _may("Boolean"),
        "show_above_text": _may("Boolean"),
    },
    "ReplyParameters": {
        "message_id": _may("Integer"),
        "chat_id": _may("Integer", "String"),
        "ephemeral_message_id": _not_here("Integer"),
        "allow_sending_without_reply": _may("Boolean"),
        "quote": _not_here("String"),
        "quote_parse_mode": _may("String"),
        "quote_entities": _not_here("Array of MessageEntity"),
        "quote_position": _not_here("Integer"),
        "checklist_task_id": _not_here("Integer"),
        "poll_option_id": _not_here("String"),
    },
    "InlineKeyboardMarkup": {
        "inline_keyboard": _must("Array of Array of InlineKeyboardButton"),
        "force_reply": _not_here("Boolean"),
    },
    "InlineKeyboardButton": {
        "text": _must("String"),
        "icon_custom_emoji_id": _not_here("String"),
        "style": _may("String"),
        "url": _may("String"),
        "callback_data": _may("String"),
        "web_app": _not_here("Object"),
        "login_url": _not_here("Object"),
        "switch_inline_query": _not_here("String"),
        "switch_inline_query_current_chat": _not_here("String"),
        "switch_inline_query_chosen_chat": _not_here("Object"),
        "copy_text": _may("CopyTextButton"),
        "callback_game": _not_here("Object"),
        "pay": _not_here("Boolean"),
        "disabled": _not_here("Object"),
    },
    "CopyTextButton": {"text": _must("String")},
    "ReplyKeyboardMarkup": {
        "keyboard": _must("Array of Array of KeyboardButton"),
        "is_persistent": _may("Boolean"),
        "resize_keyboard": _may("Boolean"),
        "one_time_keyboard": _may("Boolean"),
        "input_field_placeholder": _may("String"),
        "selective": _may("Boolean"),
        "force_reply": _not_here("Boolean"),
    },
    "KeyboardButton": {
        "text": _must("String"),
        "icon_custom_emoji_id": _not_here("String"),
        "style": _may("String"),
        "request_users": _not_here("Object"),
        "request_chat": _not_here("Object"),
        "request_managed_bot": _not_here("Object"),
        "request_contact": _not_here("Boolean"),
        "request_location": _not_here("Boolean"),
        "request_poll": _not_here("Object"),
        "web_app": _not_here("Object"),
    },
    "ReplyKeyboardRemove": {"remove_keyboard": _must("Boolean"), "selective": _may("Boolean")},
    "ForceReply": {
        "force_reply": _must("Boolean"),
        "input_field_placeholder": _may("String"),
        "selective": _may("Boolean"),
    },
    "BotCommand": {
        "command": _must("String"),
        "description": _must("String"),
        "is_ephemeral": _not_here("Boolean"),
    },
    "BotCommandScope": {
        "type": _must("String"),
        "chat_id": _may("Integer", "String"),
        "user_id": _may("Integer"),
    },
}
