"""What changed in the facts, in words."""

from __future__ import annotations

from bot.languages import Language
from knowledge.changes import Added, Change, Changed, LanguageWords, Record, Removed, Subject, Value
from knowledge.schema import PRESENT, Fact, Milestone, Model, PartialDate, Plant, Source

MAXIMUM_SHOWN = 80
"""Characters of a value before and after: enough to see which one it is, and the file has all of it."""

MAXIMUM_WORDS = 8
"""So many words that came or went are named."""


def describe_change(change: Change, language: Language) -> str:
    """One change in one line. What stands in the file is not escaped for any markup."""
    match change:
        case Added(record):
            return _say(language, "added", record=_kind(record, language), name=_told_apart(record, language))
        case Removed(record):
            return _say(language, "removed", record=_kind(record, language), name=_told_apart(record, language))
        case Changed(subject, attribute, before, after):
            values = {"name": _name(subject, language), "attribute": _attribute(attribute, language)}
            if words := _words(before, after):
                return _say(language, "words", **values, words=words)
            key = "filled" if before is None else "cleared" if after is None else "changed"
            old, new = _shown(before, attribute, language), _shown(after, attribute, language)
            return _say(language, key, **values, before=old, after=new)


def _say(language: Language, key: str, **values: str) -> str:
    return language.say(f"problems.changes.{key}", **values)


def _kind(record: Subject, language: Language) -> str:
    match record:
        case LanguageWords():
            return _say(language, "records.vocabulary")
        case _:
            return _say(language, f"records.{type(record).__name__.lower()}")


def _told_apart(record: Record | LanguageWords, language: Language) -> str:
    """What tells a record from others of its kind, beside the name of the kind."""
    match record:
        case Milestone():
            return language.number(record.number)
        case Source():
            return record.id
        case _:
            return _name(record, language)


def _name(subject: Subject, language: Language) -> str:
    match subject:
        case Model():
            return subject.key
        case Milestone():
            return _say(language, "names.milestone", number=language.number(subject.number))
        case Fact():
            wording = subject.wording.get(language.code) or next(iter(subject.wording.values()))
            return wording.subject
        case Source():
            return _say(language, "names.source", id=subject.id)
        case Plant():
            return subject.name
        case LanguageWords():
            return _say(language, "names.vocabulary", code=subject.language)
        case None:
            return _say(language, "names.file")


def _attribute(path: str, language: Language) -> str:
    """The name of an attribute; of a nested one the name of the outer and the rest of the path."""
    names = language.section("problems")["changes"]["attributes"]
    if path in names:
        return str(names[path])
    outer, _, rest = path.partition(".")
    return f"{names.get(outer, outer)} {rest.replace('.', ' ')}".strip()


def _words(before: Value | None, after: Value | None) -> str:
    """What came to a list of words and what went; nothing if it is no list, or only its order changed."""
    if not isinstance(before or after, tuple) or not isinstance(after or before, tuple):
        return ""
    old, new = before if isinstance(before, tuple) else (), after if isinstance(after, tuple) else ()
    came, went = [word for word in new if word not in old], [word for word in old if word not in new]
    words = [*(f"+{_cut(word)}" for word in came), *(f"−{_cut(word)}" for word in went)]
    return ", ".join(words[:MAXIMUM_WORDS] + (["…"] if len(words) > MAXIMUM_WORDS else []))


def _shown(value: Value | None, attribute: str, language: Language) -> str:
    match value:
        case None:
            return ""
        case bool():
            return _say(language, str(value).lower())
        case int() | float():
            return language.number(value)
        case PartialDate():
            return language.date(value)
        case tuple():
            return _cut(", ".join(value))
        case _:
            return _say(language, PRESENT) if value == PRESENT and attribute == "production.to" else _cut(value)


def _cut(text: str) -> str:
    return text if len(text) <= MAXIMUM_SHOWN else text[: MAXIMUM_SHOWN - 1].rstrip() + "…"
