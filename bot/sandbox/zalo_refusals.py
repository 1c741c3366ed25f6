"""What the Zalo face refuses. The HTTP status tells little, as at Zalo: the body is what counts.

Codes are those that Zalo documents; the sentences of 400 are our guess (docs/sandbox.md).
"""

from http import HTTPStatus

from bot.sandbox.refusals import ApiRefusal

TOLD_BY_STATUS = (HTTPStatus.NOT_FOUND, HTTPStatus.REQUEST_TIMEOUT)
STRANGE = "user has not interacted with the bot"  # never wrote, has blocked it, or is gone
NOT_IN = "the bot is not a member of this group"
NOT_FOUND = "Not found"

SENTENCES = {
    400: "Bad request: fault on order",
    401: "Unauthorized",
    403: "internal server error",
    404: NOT_FOUND,
    408: "Request timeout",
    429: "quota exceeded",
}


class ZaloRefusal(ApiRefusal):
    def __init__(self, code: int, description: str = "") -> None:
        super().__init__(code, description or SENTENCES.get(code, f"Error {code}"))
        own = code in TOLD_BY_STATUS or code >= HTTPStatus.INTERNAL_SERVER_ERROR
        self.http_status = code if own else int(HTTPStatus.OK)


class ZaloBadRequest(ZaloRefusal):
    def __init__(self, what: str) -> None:
        super().__init__(HTTPStatus.BAD_REQUEST, f"Bad request: {what}")
