"""The first words with a platform: who the bot is there, and how its updates come in."""

from aiogram import Bot
from aiogram.client.telegram import PRODUCTION
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramNotFound,
    TelegramUnauthorizedError,
)
from aiogram.types import User

from bot.platforms.troubles import BadWebhook, CannotReach, WrongToken
from bot.platforms.way_in import POLLED, WayIn, open_way_in


async def introduce(bot: Bot, way_in: WayIn = POLLED) -> User:
    """Who the bot is, with its way in set. Raises WrongToken, CannotReach, BadWebhook."""
    number, platform = str(bot.id), str(getattr(bot, "platform", "telegram"))
    address = bot.session.api.base.partition("/bot{")[0]
    try:
        me = await bot.get_me()
        await open_way_in(bot, way_in)
    except TelegramUnauthorizedError:
        raise WrongToken("the platform does not know this token", number, platform) from None
    except TelegramBadRequest as error:
        raise BadWebhook(way_in.url, error.message) from None
    except TelegramNotFound as error:  # what Telegram says to a token of a strange form
        if bot.session.api is PRODUCTION:
            raise WrongToken("the platform does not know this token", number, platform) from None
        raise CannotReach(address, error.message, platform) from None
    except TelegramAPIError as error:
        raise CannotReach(address, error.message, platform) from None
    except ClientDecodeError:
        raise CannotReach(address, "the answer is not the Bot API's", platform) from None
    return me
