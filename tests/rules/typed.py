"""Tables of typed words, one line a meaning."""


def rows(table: str) -> list[tuple[str, str]]:
    """ "meaning: typed | typed" lines as pairs of typed and meaning."""
    pairs = (line.split(": ", 1) for line in table.strip().splitlines())
    return [(typed.strip(), meant.strip()) for meant, each in pairs for typed in each.split("|")]
