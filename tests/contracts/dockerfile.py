"""A Dockerfile and its .dockerignore as values, and the Dockerfile as a script below a folder.

Only what ours uses is understood; anything else is an error, so that nothing is passed over.
"""

import json
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

WORDS = {
    *("FROM", "RUN", "COPY", "ENV", "WORKDIR", "USER", "VOLUME", "EXPOSE", "STOPSIGNAL"),
    *("HEALTHCHECK", "ENTRYPOINT", "CMD"),
}
ABSOLUTE = re.compile(r"(?<![\w.$}/-])/(?=[a-z])|(?<=sqlite:///)/")  # where a path begins


@dataclass(frozen=True)
class Instruction:
    word: str
    text: str

    @property
    def flags(self) -> dict[str, str]:
        found = re.match(r"((?:--\S+\s+)*)", self.text)
        assert found
        return dict(flag[2:].split("=", 1) for flag in found[1].split())

    @property
    def rest(self) -> str:
        """Without its flags."""
        return re.sub(r"^(?:--\S+\s+)*", "", self.text)

    @property
    def command(self) -> list[str]:
        """Of ENTRYPOINT, CMD and HEALTHCHECK … CMD: always the form without a shell."""
        parsed: list[str] = json.loads(self.rest.removeprefix("CMD "))
        return parsed

    @property
    def copied(self) -> tuple[list[str], str]:
        *sources, into = self.rest.split()
        return sources, into


@dataclass(frozen=True)
class Image:
    """One stage."""

    base: str
    name: str
    instructions: tuple[Instruction, ...]

    def all(self, word: str) -> list[Instruction]:
        return [one for one in self.instructions if one.word == word]

    def the(self, word: str) -> Instruction:
        (one,) = self.all(word)
        return one

    @cached_property
    def environ(self) -> dict[str, str]:
        return dict(one.text.split("=", 1) for one in self.all("ENV"))


def instructions(text: str) -> Iterator[Instruction]:
    lines = [line for line in text.splitlines() if not re.match(r"\s*#", line)]
    for line in re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines():
        if line.strip():
            word, _, rest = line.strip().partition(" ")
            if word not in WORDS or "<<" in rest:
                raise ValueError(f"this test does not understand: {line}")
            yield Instruction(word, rest.strip())


def stages(text: str) -> list[Image]:
    found: list[tuple[str, list[Instruction]]] = []
    for one in instructions(text):
        if one.word == "FROM":
            found.append((one.text, []))
        else:
            found[-1][1].append(one)
    return [
        Image(base, name, tuple(after))
        for origin, after in found
        for base, _, name in [origin.partition(" AS ")]
    ]


def ignored(path: PurePosixPath, patterns: Sequence[str]) -> bool:
    """Does the .dockerignore keep this path, or a folder it is in, out? The last match decides."""
    out = False
    for pattern in patterns:
        wanted, kept = pattern.removeprefix("!").strip("/"), pattern.startswith("!")
        regex = "".join(
            {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}.get(part, re.escape(part))
            for part in re.split(r"(\*\*/|\*\*|\*|\?)", wanted)
        )
        if any(re.fullmatch(regex, str(one)) for one in [path, *path.parents][:-1]):
            out = not kept
    return out


def patterns(text: str) -> list[str]:
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def below(folder: Path, text: str) -> str:
    """Every absolute path in it moved below the folder."""
    return ABSOLUTE.sub(lambda _: f"{folder}/", text)


def script(stage: Image, roots: Mapping[str, Path], skip: Sequence[Instruction]) -> str:
    """What builds this stage, as a shell script to be run where its context is.

    `roots`: the folder that stands for `/` in each stage, by the stage's name. What is copied from
    another stage is moved: nothing else is wanted of it, and moving is quicker.
    """
    root = roots[stage.name]
    lines = ["set -eu"]
    for one in stage.instructions:
        if one.word == "COPY":
            sources, into = one.copied
            target = shlex.quote(below(root, into))
            for source in sources:
                if one.flags:
                    origin = shlex.quote(below(roots[one.flags["from"]], source))
                    lines.append(f"mkdir -p {shlex.quote(str(root))} && mv {origin} {target}")
                else:
                    lines.append(_copy(shlex.quote(source), target))
        elif one.word == "RUN" and one not in skip:
            lines.append(below(root, one.text))
    return "\n".join(lines)


def _copy(source: str, target: str) -> str:
    """As COPY does it: of a folder, what is in it."""
    folder = f"mkdir -p {target} && cp -R -p {source}/. {target}"
    file = f'mkdir -p "$(dirname {target})" && cp -p {source} {target}'
    return f"if [ -d {source} ]; then {folder}; else {file}; fi"
