"""Sealing the heads of all chains, and proving that the log is intact."""

from dataclasses import dataclass, replace

from bot.domain.people import Act, Verb
from bot.domain.timeline import Break, Seal, verify_chain, verify_seals
from bot.services.ports.store import Transaction


@dataclass(frozen=True, slots=True)
class Proof:
    """What `verify` found. `anchor`: the newest seal's hash, to be kept elsewhere."""

    chains: int
    events: int
    erased: int
    seals: int
    anchor: str
    broken: Break | None


def seal(tx: Transaction, act: Act) -> Seal | None:
    """One more seal over the chains that were written to since the last; None: none was."""
    act.require(Verb.SWEEP)
    known: dict[str, tuple[int, str]] = {}
    prev, number = "", 1
    for one in tx.events.seals():
        known.update(one.heads)
        prev, number = one.hash, one.id + 1
    new = {chain: head for chain, head in tx.events.heads().items() if known.get(chain) != head}
    if not new:
        return None
    newest = Seal(number, act.at, new, prev).sealed()
    tx.events.seal(newest)
    return newest


def prove(tx: Transaction, anchor: str = "") -> Proof:
    """Every chain and every seal, walked. `anchor`: a seal's hash that must be among them."""
    hashes: dict[str, list[str]] = {}
    events = erased = 0
    broken: Break | None = None
    for chain in tx.events.chains():
        try:
            links = tx.events.chain(chain)
        except ValueError:
            broken = broken or Break(chain, 0, "unreadable")
            continue
        hashes[chain] = [link.hash for link in links]
        events += len(links)
        erased += sum(link.payload is None for link in links)
        broken = broken or verify_chain(replace(link, chain=chain) for link in links)
    try:
        seals = tx.events.seals()
    except ValueError:
        seals, broken = (), broken or Break("seals", 0, "unreadable")
    broken = broken or verify_seals(seals, hashes)
    known = {one.hash for one in seals}
    if broken is None and anchor and anchor not in known:
        broken = Break("seals", len(seals), "missing_seal")
    newest = seals[-1].hash if seals else ""
    return Proof(len(hashes), events, erased, len(seals), newest, broken)
