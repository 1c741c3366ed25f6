"""Invitation codes. Only their digests are kept: who reads the file cannot join with it."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.domain.errors import BadCode
from bot.domain.invitation import Invitation
from bot.domain.people import Role
from storage.tables import invitations

FIND = select(invitations).where(invitations.c.code_digest == bindparam("digest"))
USE = update(invitations).where(
    invitations.c.code_digest == bindparam("digest"), invitations.c.used_by.is_(None)
)


@dataclass(frozen=True, slots=True)
class SqlInvitations:
    rows: Connection

    def add(self, invitation: Invitation, at: datetime) -> None:
        self.rows.execute(
            insert(invitations),
            {
                "code_digest": _digest(invitation.code),
                "role": str(invitation.role),
                "unit": invitation.unit,
                "person_id": invitation.person_id,
                "used_by": None,
                "expires_at": invitation.expires_at,
                "links": invitation.links,
                "at": at,
            },
        )

    def find(self, code: str) -> Invitation | None:
        row = self.rows.execute(FIND, {"digest": _digest(code)}).one_or_none()
        if row is None:
            return None
        role = Role(row.role)
        whose = (row.unit, row.person_id, row.expires_at, row.used_by)
        return Invitation(code, role, *whose, links=row.links)

    def save(self, invitation: Invitation) -> None:
        """BadCode: somebody else has used it in the meantime."""
        which = {"digest": _digest(invitation.code), "used_by": invitation.used_by}
        if not self.rows.execute(USE, which).rowcount:
            raise BadCode


def _digest(code: str) -> str:
    return sha256(code.encode()).hexdigest()
