"""What keeps a bot from starting, so that the command line can say how it is put right."""


class WrongToken(Exception):
    """The platform does not know this token, or it has no token's form. Never holds the token.

    `number`: the part of it that is no secret, the bot's id. `platform`: which one says so.
    """

    def __init__(self, why: str, number: str = "", platform: str = "telegram") -> None:
        super().__init__(why)
        self.number = number
        self.platform = platform


class BadWebhook(Exception):
    """The platform does not want to deliver to `url`; `reason` is what it says."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"no webhook at {url}: {reason}")
        self.url = url
        self.reason = reason


class CannotReach(Exception):
    """No bot's API answers at `address`; `reason` says what happened instead."""

    def __init__(self, address: str, reason: str, platform: str = "telegram") -> None:
        super().__init__(f"no Bot API at {address}: {reason}")
        self.address = address
        self.reason = reason
        self.platform = platform


class CannotListen(Exception):
    """The address is taken, or is not this machine's; `reason` says which."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"cannot listen on {address}: {reason}")
        self.address = address
        self.reason = reason
