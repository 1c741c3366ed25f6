"""The stories that the page can play: strict YAML of the folder stories/, served as JSON."""

import json
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

FOLDER = Path(__file__).parent / "stories"
DONE = ("say", "tap", "command", "push")  # what a step can do; without any it only looks

Words = Annotated[str, Field(min_length=1)]


class StoryBroken(Exception):
    """A story cannot be used; the text names the file and the place."""


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Both(Strict):
    """A sentence in both languages of the page."""

    vi: Words
    en: Words


class Step(Strict):
    caption: Both | None = None
    who: Words | None = None
    chat: Literal["own", "group"] = Field(default="own", alias="in")
    say: Both | Words | None = None
    answering: bool = False
    tap: Both | Words | None = None
    on: Both | Words | None = None
    command: Both | Words | None = None
    push: Annotated[int, Field(ge=1, le=44640)] | None = None
    sees: Both | Words | None = None
    note: dict[str, Both | Words] = {}
    maybe: bool = False
    unless: Both | Words | None = None
    brief: bool = False
    seconds: Annotated[int, Field(ge=1, le=60)] = 20

    @model_validator(mode="after")
    def _whole(self) -> Self:
        done = [name for name in DONE if getattr(self, name) is not None]
        if len(done) > 1:
            raise ValueError(f"a step does one thing, not {' and '.join(done)}")
        if not done and self.sees is None and self.caption is None:
            raise ValueError("a step does, sees or tells something")
        needs = self.sees is not None or self.unless is not None or done not in ([], ["push"])
        if self.who is None and needs:
            raise ValueError("who does or sees it?")
        if self.maybe and self.tap is None and self.command is None:
            raise ValueError("only a tap or a command can be a maybe")
        return self


class Story(Strict):
    title: Both
    about: Both
    minutes: Annotated[int, Field(ge=1)]
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]


def load_stories(folder: Path = FOLDER) -> tuple[Story, ...]:
    """In the order of their files' names. StoryBroken: one cannot be read."""
    return tuple(_load(file) for file in sorted(folder.glob("*.yaml")))


def as_json(stories: tuple[Story, ...]) -> bytes:
    listed = [story.model_dump(by_alias=True, exclude_none=True) for story in stories]
    return json.dumps(listed, ensure_ascii=False).encode()


def _load(file: Path) -> Story:
    try:
        return Story.model_validate(YAML(typ="safe", pure=True).load(file))
    except YAMLError as error:
        raise StoryBroken(f"{file.name}: {error}") from error
    except ValidationError as error:
        told = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise StoryBroken(f"{file.name}: {told}") from error
