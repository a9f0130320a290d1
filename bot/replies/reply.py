"""The reply to a question: what every channel shows, each in its own way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """What kind of reply it is."""

    ANSWERED = "answered"
    AMBIGUOUS = "ambiguous"
    """Several readings, shown or asked about."""
    UNKNOWN = "unknown"
    """About this plant, but the file does not hold it."""
    OFF_TOPIC = "off_topic"
    SOCIAL = "social"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of the evidence as people read them: a heading for each column, cells as text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that an ambiguous question may have meant: what to show, and the question that asks for just that."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply in words, in parts.

    ``headline`` is the answer in one or two sentences with its figures in ``**bold**``; names that come from the
    file or the user are already escaped for Discord's markdown. ``details`` are further lines (one a row),
    ``reading`` says how the question was read, ``source`` where the facts are from and as of when.
    """

    status: Status
    language: str
    headline: str
    details: tuple[str, ...] = ()
    table: Table | None = None
    reading: str = ""
    source: str = ""
    choices: tuple[Choice, ...] = ()

    @property
    def text(self) -> str:
        """The whole reply as a person reads it, in lines."""
        return "\n".join(part for part in (self.headline, *self.details, self.reading, self.source) if part)
