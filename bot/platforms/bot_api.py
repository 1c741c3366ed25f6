"""The narrow waist: the Bot API methods this program uses, and what a refusal of one means.

Every platform realises these methods and no others; delivery asks `explain` what to do next.
"""

from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteWebhook,
    EditMessageText,
    GetFile,
    GetMe,
    GetUpdates,
    GetWebhookInfo,
    SendDocument,
    SendMessage,
    SetMyCommands,
    SetWebhook,
)

from bot.domain.notice import Why

Reasons = tuple[tuple[str, Why], ...]  # words of a refusal, and what they mean

ALLOWED: frozenset[type] = frozenset(
    {
        GetMe,
        GetUpdates,
        SendMessage,
        EditMessageText,
        AnswerCallbackQuery,
        SetMyCommands,
        SetWebhook,
        DeleteWebhook,
        GetWebhookInfo,
        GetFile,
        SendDocument,
    }
)


class NotAllowed(Exception):
    """The program tried a Bot API method outside ALLOWED: add it there and to every platform."""

    def __init__(self, method: str) -> None:
        super().__init__(f"{method} is not among the Bot API methods of bot/platforms/bot_api.py")
        self.method = method


class Unsent(TelegramNetworkError):
    """No connection could be made: the request surely was not carried out."""


class QuotaExceeded(TelegramForbiddenError):
    """The account has sent all that it may this month (hạn mức tin): an answer is not heard."""


class DeliveryError(Exception):
    """Why something said did not arrive (chưa gửi được).

    `permanent`: sending it again to this chat cannot help. `fate_unknown`: it may have arrived.
    `to`: the id that a group has now ("migrated"). `retry_after`: seconds ("limited").
    """

    def __init__(
        self,
        reason: Why,
        *,
        permanent: bool,
        fate_unknown: bool = False,
        to: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.fate_unknown = fate_unknown
        self.to = to
        self.retry_after = retry_after


_FORBIDDEN: Reasons = (
    ("blocked", "blocked"),
    ("can't initiate", "not_connected"),
    ("deactivated", "deactivated"),
    ("to bots", "not_found"),
    ("was deleted", "not_found"),
    ("kicked", "kicked"),
    ("not a member", "kicked"),
)
_BAD_REQUEST: Reasons = (
    ("chat not found", "not_found"),
    ("not interacted", "blocked"),  # Zalo: never wrote, has blocked the bot, or is gone
    ("not a member", "kicked"),
    ("user not found", "not_found"),
    ("not interacted", "blocked"),  # Zalo's, as far as we know, and the next
    ("not a member", "kicked"),
    ("peer_id_invalid", "not_found"),
    ("upgraded to a supergroup", "migrated"),
    ("message to edit not found", "message_gone"),
    ("message can't be edited", "message_gone"),
    ("message_id_invalid", "message_gone"),
    ("query is too old", "too_old"),
    ("query_id_invalid", "too_old"),
    ("not enough rights", "muted"),
    ("no rights to send", "muted"),
    ("need administrator rights", "muted"),
    ("write_forbidden", "muted"),
    ("send_plain_forbidden", "muted"),
    ("chat_restricted", "muted"),
    ("was deactivated", "not_found"),
    ("topic_closed", "topic_closed"),
    ("topic_deleted", "topic_closed"),
    ("thread not found", "topic_closed"),
)


def explain(error: Exception) -> DeliveryError:
    """What a failed call means. An error that is not the wire's (a bug) is raised as it is."""
    match error:
        case DeliveryError():
            return error
        case TelegramMigrateToChat(migrate_to_chat_id=to):
            return DeliveryError("migrated", permanent=True, to=str(to))
        case TelegramRetryAfter(retry_after=seconds):
            return DeliveryError("limited", permanent=False, retry_after=seconds)
        case QuotaExceeded():
            return DeliveryError("quota", permanent=False)
        case TelegramForbiddenError():
            return DeliveryError(
                _reason(error, _FORBIDDEN, "kicked" if _in_group(error) else "blocked"),
                permanent=True,
            )
        case TelegramBadRequest():
            return DeliveryError(_reason(error, _BAD_REQUEST, "refused_text"), permanent=True)
        case TelegramEntityTooLarge():
            return DeliveryError("refused_text", permanent=True)
        case Unsent():
            return DeliveryError("unreachable", permanent=False)
        case TelegramNetworkError() | TelegramServerError() | ClientDecodeError():
            return DeliveryError("unreachable", permanent=False, fate_unknown=True)
        case AiogramError():  # 401, 404, 409 and what is not known: refused, so not carried out
            return DeliveryError("unreachable", permanent=False)
    raise error


def not_modified(error: Exception) -> bool:
    """The message already reads so: an edit that changes nothing has succeeded."""
    return isinstance(error, TelegramBadRequest) and "not modified" in error.message.lower()


def _reason(error: TelegramAPIError, table: Reasons, otherwise: Why) -> Why:
    said = error.message.lower()
    return next((reason for words, reason in table if words in said), otherwise)


def _in_group(error: TelegramAPIError) -> bool:
    return str(getattr(error.method, "chat_id", "")).startswith(("-", "@"))
