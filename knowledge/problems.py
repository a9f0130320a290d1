"""Problems of a knowledge file: what is wrong at which place, without words of any human language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MAXIMUM_FOUND = 60
"""Characters of what was found that a problem quotes."""

MAXIMUM_NAMED = 200
"""Characters of what else a problem names."""


class Kind(StrEnum):
    """What is wrong. Each language of the bot has a sentence for every kind."""

    # the file
    FILE_MISSING = "file_missing"
    NOT_A_FILE = "not_a_file"
    NO_PERMISSION = "no_permission"
    FILE_UNREADABLE = "file_unreadable"
    FILE_TOO_LARGE = "file_too_large"
    FILE_EMPTY = "file_empty"
    NOT_UTF8 = "not_utf8"
    CONTROL_CHARACTER = "control_character"

    # YAML
    TAB = "tab"
    RESERVED_CHARACTER = "reserved_character"
    STRAY_COLON = "stray_colon"
    MISSING_COLON = "missing_colon"
    OPEN_QUOTE = "open_quote"
    OPEN_BRACKET = "open_bracket"
    UNEXPECTED = "unexpected"
    BAD_ESCAPE = "bad_escape"
    SYNTAX = "syntax"
    SEVERAL_DOCUMENTS = "several_documents"
    TOO_DEEP = "too_deep"
    TOO_MANY_VALUES = "too_many_values"
    ANCHOR = "anchor"
    ALIAS = "alias"
    TAG = "tag"
    DUPLICATE_KEY = "duplicate_key"
    KEY_NOT_TEXT = "key_not_text"

    # the schema
    UNKNOWN_KEY = "unknown_key"
    MISSING_KEY = "missing_key"
    NOT_A_MAPPING = "not_a_mapping"
    NOT_A_LIST = "not_a_list"
    NOT_TEXT = "not_text"
    NOT_WORDS = "not_words"
    NOT_LOCAL_TEXT = "not_local_text"
    NOT_WHOLE = "not_whole"
    NOT_A_DATE = "not_a_date"
    NOT_A_DATE_OR_PRESENT = "not_a_date_or_present"
    NO_SUCH_DATE = "no_such_date"
    NOT_ONE_OF = "not_one_of"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_AN_IDENTIFIER = "not_an_identifier"
    NOT_A_LANGUAGE = "not_a_language"
    NOT_A_FACET_NAME = "not_a_facet_name"
    INVALID = "invalid"

    # the facts among themselves
    NOT_FOR_UNIT = "not_for_unit"
    ENDS_BEFORE_START = "ends_before_start"
    DUPLICATE_ROW = "duplicate_row"
    DUPLICATE_NUMBER = "duplicate_number"
    DUPLICATE_ID = "duplicate_id"
    ALIAS_TAKEN = "alias_taken"
    UNKNOWN_ROW = "unknown_row"
    SEVERAL_ROWS = "several_rows"
    UNKNOWN_FACT = "unknown_fact"
    UNKNOWN_SOURCE = "unknown_source"
    REFERS_TO_ITSELF = "refers_to_itself"
    RESERVED_FACET = "reserved_facet"
    UNKNOWN_FACET = "unknown_facet"
    UNKNOWN_FACET_VALUE = "unknown_facet_value"
    MORE = "more"

    # warnings
    TOTAL_DIFFERS = "total_differs"
    IN_THE_FUTURE = "in_the_future"
    OUTSIDE_PRODUCTION = "outside_production"


class Shape(StrEnum):
    """What stands in a place where no single value stands."""

    NOTHING = "nothing"
    LIST = "list"
    MAPPING = "mapping"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a knowledge file, and where: line and column count from 1, list items from 0.

    ``where`` is the path in the file with the name of the row, ``models[3] "X1".production.to``, empty for the file as
    a whole; ``found`` is what stands there as it is written, shortened and printable; ``expected`` is what may stand
    there instead; ``suggestion`` the likeliest of these; ``values`` is what else its sentence names.
    """

    kind: Kind
    where: str = ""
    line: int = 1
    column: int = 1
    found: str | Shape = ""
    expected: tuple[str, ...] = ()
    suggestion: str | None = None
    values: tuple[tuple[str, str | int], ...] = ()


class KnowledgeError(Exception):
    """A knowledge file has errors. ``problems`` holds all of them in the order of the file."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{p.line}:{p.column}: {p.where}: {p.kind} {p.found}" for p in problems[:10]))
        self.problems = problems

    def __reduce__(self) -> tuple[type[KnowledgeError], tuple[tuple[Problem, ...]]]:
        return (KnowledgeError, (self.problems,))


def printable(text: str, limit: int = MAXIMUM_FOUND) -> str:
    """The text as a problem quotes it: control characters visible, cut to a number of characters."""
    if len(text) <= limit and text.isprintable():
        return text
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text[: limit + 1])
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"
