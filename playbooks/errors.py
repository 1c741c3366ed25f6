"""What is wrong with a data file: every fault at once, each with its file, line and cure."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to put right. line and column count from 1; `path` is the place inside the file."""

    file: str
    line: int
    path: str
    message: str
    column: int = field(default=1, compare=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self._what}"

    @property
    def exact(self) -> str:
        """With the column, as an editor takes it: "tệp:dòng:cột: chỗ: sai gì (cách sửa)"."""
        return f"{self.file}:{self.line}:{self.column}: {self._what}"

    @property
    def _what(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


class BadData(Exception):
    """Data files that cannot be used. One line for each fault, in the order of the files."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))
