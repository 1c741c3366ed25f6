"""What must be true of the rows at any moment at all."""

from tests.faults.rows import Rows

RUNNING = "('open', 'given', 'taken', 'blocked')"
# Each finds rows that must not be there.
NEVER = {
    "a page that is open and never due": (
        "SELECT pages.id FROM pages JOIN incidents i ON i.id = incident_id WHERE due_at IS NULL"
        " AND NOT closed AND state = 'open'"
        " AND pages.id NOT IN (SELECT page_id FROM acknowledgements)"
    ),
    "a page that is due though it is closed or taken": (
        "SELECT pages.id, pages.kind, closed, state, due_at, (SELECT group_concat(person_id)"
        " FROM acknowledgements WHERE page_id = pages.id) AS taken_by FROM pages"
        " JOIN incidents i ON i.id = incident_id"
        " WHERE due_at IS NOT NULL AND (closed OR state = 'closed'"
        " OR (teams = '[]' AND pages.id IN (SELECT page_id FROM acknowledgements)))"
    ),
    "somebody who has a page and is never looked at again": (
        "SELECT page_id, person_id FROM acknowledgements JOIN pages ON pages.id = page_id"
        " JOIN incidents i ON i.id = incident_id"
        " WHERE next_at IS NULL AND NOT closed AND state = 'open'"
    ),
    "an incident that was never paged": (
        "SELECT id FROM incidents WHERE state = 'open' AND needs_response <> 'no'"
        " AND id NOT IN (SELECT incident_id FROM pages)"
    ),
    "a leader of the response who has not taken the page": (
        "SELECT i.id FROM incidents i WHERE state = 'open' AND lead_id > 0 AND lead_id NOT IN"
        " (SELECT person_id FROM acknowledgements JOIN pages ON pages.id = page_id"
        " WHERE incident_id = i.id)"
    ),
    "a response without a phase": "SELECT id FROM incidents WHERE lead_id > 0 AND phase = ''",
    "a task that runs and is never reminded of": (
        f"SELECT id FROM tasks WHERE state IN {RUNNING} AND remind_at IS NULL"
        " AND (due_at IS NOT NULL OR state = 'given')"
    ),
    "a task that is over and still reminded of": (
        "SELECT id FROM tasks WHERE state IN ('done', 'dropped') AND remind_at IS NOT NULL"
    ),
    "a task that runs after the end": (
        f"SELECT tasks.id FROM tasks JOIN incidents i ON i.id = incident_id"
        f" WHERE tasks.state IN {RUNNING} AND NOT confidential AND i.state = 'closed'"
    ),
    "a task in nobody's hands": (
        "SELECT id FROM tasks WHERE state IN ('given', 'taken', 'blocked', 'done')"
        " AND coalesce(person_id, 0) = 0"
    ),
    "a step that stands twice": (
        "SELECT min(id) FROM tasks WHERE kind <> 'call'"
        " GROUP BY incident_id, kind,"
        " CASE WHEN kind IN ('nominate', 'join') THEN lead_units ELSE step END"
        " HAVING count(*) > 1"
    ),
    "somebody who is to be telephoned twice": (
        f"SELECT min(id) FROM tasks WHERE kind = 'call' AND state IN {RUNNING}"
        " GROUP BY incident_id, callee_id HAVING count(*) > 1"
    ),
    "a report that was sent and is no incident": (
        "SELECT id FROM forms WHERE form IN ('report', 'on_behalf') AND at = 'sent' AND about = 0"
    ),
    "an incident without a report of its own": (
        "SELECT i.id FROM incidents i WHERE 1 <> (SELECT count(*) FROM forms"
        " WHERE about = i.id AND at = 'sent' AND form IN ('report', 'on_behalf'))"
    ),
    "two forms of a kind at once": (
        "SELECT min(id) FROM forms WHERE at NOT IN ('sent', 'cancelled')"
        " GROUP BY author_id, form, about HAVING count(*) > 1"
    ),
    "a notice that was written and sent twice in one step": (
        "SELECT kind, person_id, facts FROM notices JOIN deliveries ON notice_id = notices.id"
        " AND message_id <> '' GROUP BY kind, person_id, notices.chat, incident_id, page_id, facts,"
        " notices.at HAVING count(*) > 1"
    ),
    "a notice that was settled twice or not at all": (
        "SELECT n.id FROM notices n WHERE (state IN ('sent', 'failed'))"
        " <> (SELECT count(*) FROM deliveries WHERE notice_id = n.id AND state <> 'unknown')"
    ),
    "a notice that nobody will claim": (
        "SELECT id FROM notices WHERE state = 'sending' AND leased_until IS NULL"
        " OR state NOT IN ('to_send', 'sending', 'sent', 'superseded')"
    ),
    "an incident without a card": (
        "SELECT id FROM incidents WHERE id NOT IN (SELECT subject FROM cards WHERE kind ="
        " 'incident')"
    ),
    "a task in the room without a card": (
        f"SELECT id FROM tasks WHERE state IN {RUNNING} AND NOT confidential"
        " AND kind NOT IN ('call', 'nominate', 'join')"
        " AND id NOT IN (SELECT subject FROM cards WHERE kind = 'task')"
    ),
    "a key that points nowhere": "SELECT rowid FROM pragma_foreign_key_check",
}
WAITING = (
    "SELECT (SELECT count(*) FROM notices WHERE state IN ('to_send', 'sending'))"
    " + (SELECT count(*) FROM cards WHERE wanted > shown AND state = 'live')"
)


def wrong(rows: Rows) -> list[str]:
    """By their names; all of one moment, since nobody writes."""
    found = {name: [*map(dict, rows.all(query))] for name, query in NEVER.items()}
    return [f"{name}: {which[:5]}" for name, which in found.items() if which]
