"""Incidents, their answers and verdicts, and the questions put before leaders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from bot.domain.consultation import Consultation
from bot.domain.errors import NotFound, Outdated
from bot.domain.incident import Incident, Standing
from bot.domain.law import Personal
from bot.domain.moment import Moment
from bot.domain.playbook import POWERS
from bot.domain.rule import Answer
from bot.domain.severity import Needs, Serious, SeriousByPlan, Verdicts
from bot.domain.step_forms import GENERAL_OPTIONS
from storage.tables import answers, consultations, incidents, verdicts

GET = select(incidents).where(incidents.c.id == bindparam("number"))
ADD = insert(incidents).returning(incidents.c.id)
SAVE = update(incidents).where(
    incidents.c.id == bindparam("number"), incidents.c.version == bindparam("before")
)
OPEN = select(incidents).where(incidents.c.state == "open").order_by(incidents.c.id)
CLOSED = select(incidents).where(incidents.c.state == "closed")
CLOSED = CLOSED.order_by(incidents.c.id.desc()).limit(50)
REPORTED = (
    select(incidents)
    .where(incidents.c.reporter_id == bindparam("person"))
    .order_by(incidents.c.id.desc())
    .limit(50)
)
ANSWERS = (
    select(answers.c.incident_id, answers.c.criterion, answers.c.answer)
    .where(answers.c.incident_id.in_(bindparam("numbers", expanding=True)))
    .order_by(answers.c.id)
)


@dataclass(frozen=True, slots=True)
class SqlIncidents:
    rows: Connection

    def add(self, incident: Incident) -> Incident:
        number = self.rows.execute(ADD, _values(incident)).scalar_one()
        return replace(incident, id=number)

    def get(self, number: int) -> Incident:
        row = self.rows.execute(GET, {"number": number}).one_or_none()
        if row is None:
            raise NotFound(number, number=number)
        return self._incidents([row])[0]

    def save(self, incident: Incident) -> None:
        values = {**_values(incident), "version": incident.version + 1}
        key = {"number": incident.id, "before": incident.version}
        if not self.rows.execute(SAVE, {**values, **key}).rowcount:
            raise Outdated(incident.id)

    def answer(
        self, number: int, given: Mapping[str, Answer], person_id: int, at: datetime
    ) -> None:
        if given:
            row = {"incident_id": number, "person_id": person_id, "at": at}
            rows = [{**row, "criterion": c, "answer": str(a)} for c, a in given.items()]
            self.rows.execute(insert(answers), rows)

    def judged(self, number: int, judged: Verdicts, by: int, at: datetime) -> None:
        needs, law, plan = judged.needs_response, judged.serious_by_law, judged.serious_by_plan
        values = {
            "needs_response": str(needs.value),
            "serious_by_law": str(law.value),
            "serious_by_plan": str(plan.value),
            "because": {
                "needs_response": list(needs.because),
                "serious_by_law": list(law.because),
                "serious_by_plan": list(plan.because),
            },
        }
        row = {"incident_id": number, "person_id": by, "at": at}
        self.rows.execute(insert(verdicts), {**row, **values})

    def open_in(self, units: Sequence[str] | None) -> Sequence[Incident]:
        found = self._incidents(self.rows.execute(OPEN).all())
        return found if units is None else [i for i in found if set(i.scope) & set(units)]

    def closed_in(self, units: Sequence[str] | None) -> Sequence[Incident]:
        found = self._incidents(self.rows.execute(CLOSED).all())[::-1]
        return found if units is None else [i for i in found if set(i.scope) & set(units)]

    def reported_by(self, person_id: int) -> Sequence[Incident]:
        found = self.rows.execute(REPORTED, {"person": person_id}).all()
        return self._incidents(found)

    def erase_words(self, number: int) -> None:
        gone = update(incidents).where(incidents.c.id == number)
        no_words = dict.fromkeys(("told", "caller", "caller_phone"), "")
        self.rows.execute(gone.values(**no_words, is_secret=True))

    def _incidents(self, found: Sequence[Row[Any]]) -> list[Incident]:
        given: dict[int, dict[str, Answer]] = {row.id: {} for row in found}
        if given:
            for one in self.rows.execute(ANSWERS, {"numbers": list(given)}):
                given[one.incident_id][one.criterion] = Answer(one.answer)
        return [self._incident(row, given[row.id]) for row in found]

    def _incident(self, row: Row[Any], given: dict[str, Answer]) -> Incident:
        return Incident(
            id=row.id,
            unit=row.unit,
            system=row.system,
            reporter_id=row.reporter_id,
            plan=row.plan,
            plan_digest=row.plan_digest,
            reported_at=row.reported_at,
            since=Moment.read(row.since) if row.since else None,
            told=row.told,
            now_state=row.now_state,
            level=row.level,
            answers=given,
            standing=Standing(
                Needs(row.needs_response),
                Serious(row.serious_by_law),
                SeriousByPlan(row.serious_by_plan),
            ),
            scope=tuple(row.scope),
            lead_units=tuple(row.lead_units),
            deciding=tuple(row.deciding),
            lead_id=row.lead_id or 0,
            state=row.state,
            is_drill=row.is_drill,
            is_secret=row.is_secret,
            source=row.source,
            caller=row.caller,
            caller_phone=row.caller_phone,
            verified_at=row.verified_at,
            phase=row.phase,
            lap=row.lap,
            scenario=row.scenario,
            verified_by=row.verified_by,
            verified_how=row.verified_how,
            convened_at=row.convened_at,
            taken_at=row.taken_at,
            closed_at=row.closed_at,
            spokesperson_id=row.spokesperson_id,
            personal=_personal(row.personal),
            joined=tuple(row.joined),
            version=row.version,
        )


def _values(incident: Incident) -> dict[str, Any]:
    same = (
        "unit",
        "system",
        "plan",
        "plan_digest",
        "told",
        "now_state",
        "state",
        "reporter_id",
        "level",
        "is_drill",
        "is_secret",
        "reported_at",
        "source",
        "caller",
        "caller_phone",
        "verified_at",
        "phase",
        "lap",
        "scenario",
        "verified_by",
        "verified_how",
        "convened_at",
        "taken_at",
        "closed_at",
        "spokesperson_id",
        "version",
    )
    said = incident.personal
    return {
        **{name: getattr(incident, name) for name in same},
        "since": incident.since.stored() if incident.since else "",
        "needs_response": str(incident.standing.needs_response),
        "serious_by_law": str(incident.standing.serious_by_law),
        "serious_by_plan": str(incident.standing.serious_by_plan),
        "scope": list(incident.scope),
        "lead_units": list(incident.lead_units),
        "deciding": list(incident.deciding),
        "joined": list(incident.joined),
        "lead_id": incident.lead_id or None,
        "personal": {"exposed": str(said.exposed), "count": said.count, "kinds": list(said.kinds)}
        if said != Personal()
        else None,
    }


def _personal(kept: dict[str, Any] | None) -> Personal:
    if kept is None:
        return Personal()
    return Personal(Answer(kept["exposed"]), kept["count"], tuple(kept["kinds"]))


WAITING = consultations.c.answer.in_(("", "call"))


@dataclass(frozen=True, slots=True)
class SqlConsultations:
    rows: Connection

    def get(self, consultation_id: int) -> Consultation:
        found = self._found(consultations.c.id == consultation_id)
        if not found:
            raise NotFound(consultation_id, number=consultation_id)
        return found[0]

    def waiting_for(self, person_id: int) -> Sequence[Consultation]:
        still_open = incidents.c.state == "open"
        return self._found(consultations.c.asked_id == person_id, WAITING, still_open)

    def waiting_of(self, incident_id: int) -> Sequence[Consultation]:
        return self._found(consultations.c.incident_id == incident_id, WAITING)

    def of(self, incident_id: int) -> Sequence[Consultation]:
        return self._found(consultations.c.incident_id == incident_id)

    def unanswered(self) -> Sequence[Consultation]:
        not_told = consultations.c.reminded_at.is_(None)
        return self._found(consultations.c.answer == "", not_told, incidents.c.state == "open")

    def add(self, consultation: Consultation) -> Consultation:
        added = insert(consultations).returning(consultations.c.id)
        number = self.rows.execute(added, _asked(consultation)).scalar_one()
        return replace(consultation, id=number)

    def save(self, consultation: Consultation) -> None:
        changed = update(consultations).where(consultations.c.id == consultation.id)
        self.rows.execute(changed.values(_asked(consultation)))

    def erase_words(self, incident_id: int) -> None:
        options = ("", "support", "direction", "decide", *POWERS, *GENERAL_OPTIONS)
        about = consultations.c.incident_id == incident_id
        speaker = consultations.c.ask.startswith("assign_spokesperson/")  # a name, no words
        free = update(consultations).where(about, consultations.c.ask.not_in(options), ~speaker)
        self.rows.execute(free.values(ask="direction"))
        self.rows.execute(update(consultations).where(about).values(words=""))

    def _found(self, *which: Any) -> list[Consultation]:
        query = (
            select(consultations)
            .join(incidents, incidents.c.id == consultations.c.incident_id)
            .where(*which)
            .order_by(consultations.c.id)
        )
        return [Consultation(**row) for row in self.rows.execute(query).mappings()]


def _asked(consultation: Consultation) -> dict[str, Any]:
    names = [name for name in consultation.__slots__ if name != "id"]
    return {name: getattr(consultation, name) for name in names}
