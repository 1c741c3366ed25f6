"""Open forms, and which question was last asked of whom in which chat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.domain.errors import Outdated
from bot.domain.form import Draft, Form
from bot.domain.forms import FORMS
from bot.services.ports.dialogs import Prompt
from storage.tables import IS_OPEN, forms, prompts

GET = select(forms).where(forms.c.id == bindparam("draft_id"))
OPEN = select(forms).where(forms.c.author_id == bindparam("author"), text(IS_OPEN))
NEWEST = OPEN.order_by(forms.c.moved_at.desc(), forms.c.id.desc()).limit(1)
OPEN_OF = OPEN.where(forms.c.form == bindparam("kind")).order_by(forms.c.id.desc()).limit(1)
OPEN_ABOUT = OPEN_OF.where(forms.c.about == bindparam("number"))
ADD = insert(forms).returning(forms.c.id)
SAVE = update(forms).where(
    forms.c.id == bindparam("draft_id"), forms.c.version == bindparam("before")
)
ASKED = upsert(prompts)
ASKED = ASKED.on_conflict_do_update(
    index_elements=["chat", "person_id"],
    set_={name: ASKED.excluded[name] for name in ("kind", "subject", "version", "at")},
)
HERE = (prompts.c.chat == bindparam("in_chat"), prompts.c.person_id == bindparam("person"))
LAST = select(prompts).where(*HERE)
FORGET = delete(prompts).where(*HERE)
MOVING = ("at", "about", "answers", "context", "editing", "parked", "offset", "version")


@dataclass(frozen=True, slots=True)
class SqlDrafts:
    rows: Connection

    def get(self, draft_id: int) -> Draft:
        row = self.rows.execute(GET, {"draft_id": draft_id}).one_or_none()
        if row is None:
            raise Outdated(draft_id)
        return _draft(row)

    def open_of(self, person_id: int, form: Form, about: int | None = None) -> Draft | None:
        key = {"author": person_id, "kind": form.id}
        if about is None:
            row = self.rows.execute(OPEN_OF, key).one_or_none()
        else:
            row = self.rows.execute(OPEN_ABOUT, {**key, "number": about}).one_or_none()
        return _draft(row) if row else None

    def newest_open(self, person_id: int) -> Draft | None:
        row = self.rows.execute(NEWEST, {"author": person_id}).one_or_none()
        return _draft(row) if row else None

    def add(
        self,
        form: Form,
        author_id: int,
        about: int,
        answers: Mapping[str, str],
        context: Mapping[str, Any],
        at: datetime,
    ) -> Draft:
        first = form.steps[0].id
        draft = Draft(0, form, author_id, first, about, dict(answers), dict(context))
        values = {"form": form.id, "author_id": author_id, "begun_at": at, "moved_at": at}
        added = self.rows.execute(ADD, {**values, **_moving(draft)}).scalar_one()
        return self.get(added)

    def save(self, draft: Draft, before: int, at: datetime) -> None:
        key = {"draft_id": draft.id, "before": before, "moved_at": at}
        if not self.rows.execute(SAVE, {**key, **_moving(draft)}).rowcount:
            raise Outdated(draft.id)

    def erase_words(self, incident_id: int, at: datetime) -> Sequence[int]:
        about = select(forms).where(forms.c.about == incident_id).order_by(forms.c.id)
        those = [_draft(row) for row in self.rows.execute(about).all()]
        for draft in those:
            self.save(draft.hushed(), draft.version, at)
        return [draft.id for draft in those]


@dataclass(frozen=True, slots=True)
class SqlPrompts:
    rows: Connection

    def asked(self, chat: str, person_id: int, prompt: Prompt, at: datetime) -> None:
        row = {"kind": prompt.kind, "subject": prompt.subject, "version": prompt.version}
        self.rows.execute(ASKED, {"chat": chat, "person_id": person_id, **row, "at": at})

    def last(self, chat: str, person_id: int) -> Prompt | None:
        row = self.rows.execute(LAST, {"in_chat": chat, "person": person_id}).one_or_none()
        return Prompt(row.kind, row.subject, row.version) if row else None

    def forget(self, chat: str, person_id: int) -> None:
        self.rows.execute(FORGET, {"in_chat": chat, "person": person_id})


def _moving(draft: Draft) -> dict[str, object]:
    """What a move changes."""
    return {name: getattr(draft, name) for name in MOVING}


def _draft(row: Row[Any]) -> Draft:
    kept = {name: getattr(row, name) for name in MOVING}
    return Draft(id=row.id, form=FORMS[row.form], author_id=row.author_id, **kept)
