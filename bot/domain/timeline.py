"""The log (nhật ký): events in chains, and seals over the heads of all chains.

A header names the digest of its payload, so that a payload can be erased by law without breaking
the chain; the erasure is itself an event. Nothing here is ever changed, only appended to.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any


@dataclass(frozen=True, slots=True)
class Event:
    """What a use case says happened; the desk appends it."""

    chain: str  # "draft/3", "incident/9", "agency"
    kind: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Link:
    chain: str
    seq: int
    prev: str
    kind: str
    person_id: int
    platform: str
    at: datetime
    digest: str
    hash: str = ""
    salt: bytes | None = None  # without it a short payload could be guessed from its digest
    payload: bytes | None = None  # None: erased, and its salt with it

    def sealed(self) -> "Link":
        header = [self.chain, self.seq, self.prev, self.kind, self.person_id, self.platform]
        header += [self.at.astimezone(UTC).isoformat(), self.digest]
        return replace(self, hash=sha256(canonical(header)).hexdigest())

    @property
    def facts(self) -> Mapping[str, Any] | None:
        """None: erased."""
        return None if self.payload is None else json.loads(self.payload)


@dataclass(frozen=True, slots=True)
class Seal:
    """The heads of the chains written to since the seal before, to which it is chained."""

    id: int
    at: datetime
    heads: Mapping[str, tuple[int, str]]  # chain -> (seq, hash)
    prev: str
    hash: str = ""

    def sealed(self) -> "Seal":
        heads = {chain: list(head) for chain, head in self.heads.items()}
        body = [self.id, self.at.astimezone(UTC).isoformat(), heads, self.prev]
        return replace(self, hash=sha256(canonical(body)).hexdigest())


@dataclass(frozen=True, slots=True)
class Break:
    """The first place that does not hold."""

    chain: str  # "seals" where a seal itself does not hold
    seq: int
    why: str  # link | payload | cut | seal | missing_seal | unreadable


def canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(salt: bytes, payload: bytes) -> str:
    return sha256(salt + payload).hexdigest()


def verify_chain(links: Iterable[Link]) -> Break | None:
    """The first link that does not hold; None when the whole chain does."""
    prev = ""
    for seq, link in enumerate(links, start=1):
        if (link.seq, link.prev, link.sealed().hash) != (seq, prev, link.hash):
            return Break(link.chain, seq, "link")
        if link.payload is not None or link.salt is not None:
            whole = digest(link.salt or b"", link.payload or b"")
            if whole != link.digest:
                return Break(link.chain, seq, "payload")
        prev = link.hash
    return None


def verify_seals(seals: Sequence[Seal], hashes: Mapping[str, Sequence[str]]) -> Break | None:
    """The seals hold, and each chain still reaches what they saw: this finds a cut tail.

    `hashes`: of each chain, the hashes of its links in order.
    """
    prev = ""
    for seq, seal in enumerate(seals, start=1):
        if (seal.id, seal.prev, seal.sealed().hash) != (seq, prev, seal.hash):
            return Break("seals", seq, "seal")
        for chain, (length, head) in sorted(seal.heads.items()):
            known = hashes.get(chain, ())
            if len(known) < length:
                return Break(chain, len(known) + 1, "cut")
            if known[length - 1] != head:
                return Break(chain, length, "link")
        prev = seal.hash
    return None
