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
    """One more seal when anything was written since the last; None when nothing was."""
    act.require(Verb.SWEEP)
    heads, last = tx.events.heads(), tx.events.newest_seal()
    if last is not None and dict(last.heads) == heads:
        return None
    number = last.id + 1 if last else 1
    newest = Seal(number, act.at, heads, last.hash if last else "").sealed()
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
