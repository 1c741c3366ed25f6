"""A refusal in words: what was not done, and what to do next."""

from bot.domain.agency import Contact
from bot.domain.errors import (
    BadCode,
    Forbidden,
    NoFiles,
    NotFound,
    NotUnderstood,
    Refusal,
    Stranger,
)
from bot.views.files import none_taken
from bot.views.voice import Html, Voice, cut

NO_CONTACT = Contact("", "", "")


def words(refusal: Refusal, contact: Contact | None, voice: Voice) -> Html:
    """`contact`: the published contact point, for those who have to telephone."""
    facts: dict[str, object] = dict(refusal.facts)
    if isinstance(refusal, NotUnderstood):
        return _not_understood(facts, voice)
    if isinstance(refusal, NoFiles):
        phone = (contact or NO_CONTACT).phone
        return none_taken(str(facts["who"]), str(facts["where"]), phone, voice)
    if isinstance(refusal, NotFound):
        return voice.say("errors.not_found", what=_what(facts, voice))
    if isinstance(refusal, Stranger | Forbidden | BadCode):
        known = contact or NO_CONTACT
        facts |= {"phone": known.phone, "email": known.email, "hours": known.hours}
    return voice.say(f"errors.{refusal.key}", **facts)


def _not_understood(facts: dict[str, object], voice: Voice) -> Html:
    typed = cut(str(facts.get("typed", "")), 60)
    if facts.get("time") == "ahead":
        return voice.say("errors.bad_time_ahead", typed=typed)
    if facts.get("time") == "period":
        return voice.say("errors.bad_period", typed=typed)
    if facts.get("time"):
        return voice.say("errors.bad_time", typed=typed)
    if facts.get("near"):
        return voice.say("errors.near", near=facts["near"], number=facts["number"])
    return voice.say("errors.not_understood", typed=typed)


def _what(facts: dict[str, object], voice: Voice) -> Html:
    if "task" in facts:
        return voice.say("errors.not_found_task", code=facts["task"])
    if "nobody" in facts:
        return voice.say("errors.not_found_nobody", code=facts["nobody"])
    if "number" in facts:
        return voice.say("errors.not_found_number", number=facts["number"])
    return voice.say("errors.not_found_name", name=facts.get("name", ""))
