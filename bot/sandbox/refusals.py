"""What the sandbox refuses: to the bot in Telegram's words, to people in two languages."""

from http import HTTPStatus


class ApiRefusal(Exception):
    """The Bot API's `ok: false`. The description is the one the real server is known to send."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code, self.description = code, description
        self.http_status = code
        self.parameters: dict[str, int] = {}
        if retry_after is not None:
            self.parameters["retry_after"] = retry_after

    @property
    def retry_after(self) -> int | None:
        return self.parameters.get("retry_after")

    def body(self) -> dict[str, object]:
        answer: dict[str, object] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


class BadRequest(ApiRefusal):
    """400: the call itself is wrong."""

    def __init__(self, what: str) -> None:
        super().__init__(HTTPStatus.BAD_REQUEST, f"Bad Request: {what}")


class Forbidden(ApiRefusal):
    """403: this chat does not want the bot."""

    def __init__(self, what: str) -> None:
        super().__init__(HTTPStatus.FORBIDDEN, f"Forbidden: {what}")


class TooMany(ApiRefusal):
    """429: more than the limits allow; `retry_after` in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        said = f"Too Many Requests: retry after {retry_after}"
        super().__init__(HTTPStatus.TOO_MANY_REQUESTS, said, retry_after)


class PeopleRefusal(Exception):
    """The people's side says no: a status, the field, and a sentence in two languages."""

    def __init__(self, status: int, field: str, vietnamese: str, english: str) -> None:
        super().__init__(english)
        self.status, self.field = status, field
        self.sentence = f"{vietnamese} / {english}"

    def body(self) -> dict[str, str]:
        return {"error": self.sentence, "field": self.field}


def unknown(field: str, what: str, wanted: object) -> PeopleRefusal:
    """404: nothing is known under this number."""
    return PeopleRefusal(
        HTTPStatus.NOT_FOUND,
        field,
        f'Trường "{field}": không có {what} số {wanted}',
        f'field "{field}": nothing is known as {wanted}',
    )


def wrong(field: str, vietnamese: str, english: str) -> PeopleRefusal:
    """400: the field is missing or is not what it should be."""
    return PeopleRefusal(
        HTTPStatus.BAD_REQUEST,
        field,
        f'Trường "{field}": {vietnamese}',
        f'field "{field}": {english}',
    )


def conflict(field: str, vietnamese: str, english: str) -> PeopleRefusal:
    """409: understood, but not possible as things stand."""
    return PeopleRefusal(HTTPStatus.CONFLICT, field, vietnamese, english)
