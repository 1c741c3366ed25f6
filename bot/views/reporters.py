"""Who reported an incident, in whose stead (báo hộ), and whom to telephone back."""

from bot.domain.severity import Needs
from bot.services.ports.incidents import Brief
from bot.views.voice import Html, Voice, lower_first, upper_first


def who(brief: Brief, voice: Voice, phones: bool = True) -> Html:
    """In a group without telephone numbers: `phones` is False there."""
    reporter, incident = brief.reporter, brief.incident
    if not incident.source:
        said = (reporter.name, reporter.position, reporter.phone if phones else "")
        return voice.names(part for part in said if part)
    told = heard(incident.source, incident.caller_phone if phones else "", voice)
    if incident.is_hearsay:
        told = voice.names((told, voice.plain("incidents.on_behalf.unverified")))
    by = (reporter.name, "" if incident.caller_phone or not phones else reporter.phone)
    said_by = voice.names(part for part in by if part)
    if incident.is_secret:
        return voice.say("incidents.on_behalf.secret", told=told, by=said_by)
    return voice.say("incidents.on_behalf.who", caller=_caller(brief, voice), told=told, by=said_by)


def heard(source: str, phone: str, voice: Voice) -> Html:
    """How it came: by telephone, from which number."""
    way = lower_first(voice.plain(f"report.option.{source}"))
    return voice.names(part for part in (way, phone) if part)


def card(brief: Brief, voice: Voice) -> Html:
    """On a group's card as long as nobody has verified it; of a secret nothing."""
    incident = brief.incident
    if not incident.is_hearsay or incident.is_secret or incident.state == "closed":
        return Html("")
    return voice.say("incidents.on_behalf.card", told=heard(incident.source, "", voice))


def filed(brief: Brief, voice: Voice) -> Html:
    """What stands at the end of the screen of who has filed it."""
    said = Html(upper_first(who(brief, voice)))
    if brief.incident.standing.needs_response is Needs.UNVERIFIED:
        return voice.say("incidents.on_behalf.filed_verify", who=said)
    return voice.say("incidents.on_behalf.filed", who=said)


def to_call(brief: Brief, taker_id: int, voice: Voice) -> tuple[str, str]:
    """Whom to telephone, and the number; both empty where only the taker themself is left."""
    incident, reporter = brief.incident, brief.reporter
    if incident.caller_phone:
        return _caller(brief, voice), incident.caller_phone
    if incident.source and reporter.id == taker_id:
        return "", ""
    return reporter.name, reporter.phone


def _caller(brief: Brief, voice: Voice) -> str:
    return brief.incident.caller or voice.plain("incidents.on_behalf.unnamed")
