"""The log can be proved: whatever is changed, removed, inserted, reordered or cut is found."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.timeline import Break, Link, Seal, canonical, digest, verify_chain, verify_seals

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
HANOI = timezone(timedelta(hours=7))


def chain(length: int, name: str = "incident/9") -> list[Link]:
    links: list[Link] = []
    for n in range(1, length + 1):
        salt, payload = bytes([n]) * 16, canonical({"told": f"máy số {n}"})
        prev = links[-1].hash if links else ""
        at = NOON + timedelta(minutes=n)
        link = Link(
            name,
            n,
            prev,
            "page.called",
            n,
            "telegram",
            at,
            digest(salt, payload),
            "",
            salt,
            payload,
        )
        links.append(link.sealed())
    return links


def other(link: Link, name: str) -> object:
    """The same field with the smallest difference."""
    value = getattr(link, name)
    match value:
        case int():
            return value + 1
        case bytes():
            return bytes([value[0] ^ 1, *value[1:]])
        case datetime():
            return value + timedelta(microseconds=1)
    return f"{value}x"


def test_a_whole_chain_holds() -> None:
    assert verify_chain([]) is None
    assert verify_chain(chain(5)) is None
    assert chain(2)[0].facts == {"told": "máy số 1"}


@pytest.mark.parametrize("seq", [1, 3, 5])
@pytest.mark.parametrize("field", Link.__slots__)
def test_any_changed_field_is_found(field: str, seq: int) -> None:
    links = chain(5)
    link = links[seq - 1]
    links[seq - 1] = replace(link, **{field: other(link, field)})
    found = verify_chain(links)
    assert found is not None
    assert found.seq == seq
    assert found.why == ("payload" if field in ("salt", "payload") else "link")


@given(st.integers(1, 4), st.data())
def test_any_changed_byte_of_a_payload_is_found(seq: int, data: st.DataObject) -> None:
    links = chain(4)
    link = links[seq - 1]
    assert link.payload is not None
    where = data.draw(st.integers(0, len(link.payload) - 1))
    bit = 1 << data.draw(st.integers(0, 7))
    changed = bytearray(link.payload)
    changed[where] ^= bit
    links[seq - 1] = replace(link, payload=bytes(changed))
    assert verify_chain(links) == Break("incident/9", seq, "payload")


def removed(links: list[Link]) -> list[Link]:
    return [*links[:2], *links[3:]]


def inserted(links: list[Link]) -> list[Link]:
    return [*links[:2], links[1], *links[2:]]


def swapped(links: list[Link]) -> list[Link]:
    return [links[0], links[2], links[1], *links[3:]]


def forged(links: list[Link]) -> list[Link]:
    """A link that was changed and hashed anew: what follows no longer leads to it."""
    return [*links[:2], replace(links[2], person_id=99).sealed(), *links[3:]]


@pytest.mark.parametrize(
    ("damage", "seq"), [(removed, 3), (inserted, 3), (swapped, 2), (forged, 4)]
)
def test_a_damaged_order_is_found(damage: Callable[[list[Link]], list[Link]], seq: int) -> None:
    assert verify_chain(damage(chain(5))) == Break("incident/9", seq, "link")


def test_a_chain_without_its_beginning_is_found() -> None:
    assert verify_chain(chain(3)[1:]) == Break("incident/9", 1, "link")


def test_a_payload_erased_by_law_breaks_nothing() -> None:
    links = chain(4)
    links[1] = replace(links[1], payload=None, salt=None)
    assert verify_chain(links) is None
    assert links[1].facts is None


@pytest.mark.parametrize("left", ["salt", "payload"])
def test_half_of_an_erasure_does_not_hold(left: str) -> None:
    links = chain(4)
    links[1] = replace(links[1], **{left: None})
    assert verify_chain(links) == Break("incident/9", 2, "payload")


def test_one_moment_in_two_zones_is_one_moment() -> None:
    link = chain(1)[0]
    assert replace(link, at=link.at.astimezone(HANOI)).sealed().hash == link.hash


def test_the_salt_hides_a_short_payload() -> None:
    assert digest(b"1" * 16, b"yes") != digest(b"2" * 16, b"yes")


def test_canonical_is_one_text_for_one_value() -> None:
    assert canonical({"b": 1, "a": "mật"}) == '{"a":"mật","b":1}'.encode()


def sealed(*lengths: dict[str, int]) -> tuple[list[Seal], dict[str, Sequence[str]]]:
    """A seal for each, over chains of these lengths; and the chains at the last of them."""
    hashes = {
        name: [link.hash for link in chain(length, name)] for name, length in lengths[-1].items()
    }
    seals: list[Seal] = []
    for n, heads in enumerate(lengths, start=1):
        known = {name: (length, hashes[name][length - 1]) for name, length in heads.items()}
        prev = seals[-1].hash if seals else ""
        seals.append(Seal(n, NOON + timedelta(hours=n), known, prev).sealed())
    return seals, dict(hashes)


LENGTHS = ({"a": 2}, {"a": 3, "b": 1}, {"a": 3, "b": 4})


def test_seals_hold() -> None:
    assert verify_seals([], {}) is None
    assert verify_seals(*sealed(*LENGTHS)) is None


def test_what_grew_since_the_last_seal_holds() -> None:
    seals, hashes = sealed(*LENGTHS)
    longer = {name: [*known, "ff"] for name, known in hashes.items()}
    assert verify_seals(seals, {**longer, "new": ["aa"]}) is None


@pytest.mark.parametrize("cut", [1, 2])
def test_a_cut_tail_is_found(cut: int) -> None:
    seals, hashes = sealed(*LENGTHS)
    found = verify_seals(seals, {**hashes, "b": hashes["b"][:-cut]})
    assert found == Break("b", 4 - cut + 1, "cut")


def test_a_chain_that_is_gone_is_found() -> None:
    seals, hashes = sealed(*LENGTHS)
    assert verify_seals(seals, {"a": hashes["a"]}) == Break("b", 1, "cut")


def test_a_chain_written_anew_is_found() -> None:
    seals, hashes = sealed(*LENGTHS)
    assert verify_seals(seals, {**hashes, "a": ["0", "1", "2"]}) == Break("a", 2, "link")


@pytest.mark.parametrize(
    "change",
    [
        {"id": 7},
        {"at": NOON},
        {"heads": {"a": (3, "0")}},
        {"prev": "0"},
        {"hash": "0"},
    ],
    ids=lambda change: str(next(iter(change))),
)
def test_a_changed_seal_is_found(change: dict[str, object]) -> None:
    seals, hashes = sealed(*LENGTHS)
    seals[1] = replace(seals[1], **change)
    assert verify_seals(seals, hashes) == Break("seals", 2, "seal")


def test_a_missing_or_swapped_seal_is_found() -> None:
    seals, hashes = sealed(*LENGTHS)
    assert verify_seals([seals[0], seals[2]], hashes) == Break("seals", 2, "seal")
    assert verify_seals([seals[1], seals[0], seals[2]], hashes) == Break("seals", 1, "seal")
