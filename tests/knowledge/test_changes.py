"""What changed between two versions of the facts, as values and in words."""

from __future__ import annotations

import pytest

from bot.languages import FOLDER, Language
from bot.replies.changes import describe_change
from knowledge.changes import Added, Change, Changed, Removed, changes
from knowledge.loading import parse
from knowledge.schema import Fact, Knowledge, Milestone, Model, PartialDate, Source

ENGLISH, GERMAN = Language(FOLDER / "en"), Language(FOLDER / "de")

ASH = """\
  - name: Ash
    code: C1
    quantity: 5
"""


def read(text: str) -> Knowledge:
    """The facts in a text."""
    return parse(text.encode(), "test").knowledge


def edited(sound: str, *edits: tuple[str, str]) -> tuple[Change, ...]:
    """What changes when each first text is replaced by the second."""
    after = sound
    for old, new in edits:
        assert old in after
        after = after.replace(old, new)
    return changes(read(sound), read(after))


def said(found: tuple[Change, ...], language: Language = ENGLISH) -> list[str]:
    """The changes in words."""
    return [describe_change(change, language) for change in found]


def test_the_same_facts_have_no_changes(sound: str) -> None:
    assert edited(sound) == ()


def test_another_order_or_layout_is_no_change(sound: str) -> None:
    start, end = sound.index("  - name: Alder"), sound.index("  - name: Birch")
    moved = sound[:start] + sound[end:].replace("milestones:", sound[start:end] + "milestones:")
    assert changes(read(sound), read("# reordered\n" + moved)) == ()


def test_a_changed_quantity(sound: str) -> None:
    (change,) = edited(sound, ("quantity: 20", "quantity: 2020"), ("  total: 60", "  total: 60"))
    assert isinstance(change, Changed)
    assert isinstance(change.subject, Model)
    assert (change.subject.key, change.attribute, change.before, change.after) == ("Birch (B1)", "quantity", 20, 2020)
    assert said((change,)) == ["Birch (B1): quantity 20 → 2,020"]
    assert said((change,), GERMAN) == ["Birch (B1): Stückzahl 20 → 2.020"]


def test_added_and_removed_records(sound: str) -> None:
    start, end = sound.index("  - name: Birch\n    code: B2"), sound.index("milestones:")
    found = edited(
        sound,
        (sound[start:end], ASH),
        ("  - number: 25", "  - number: 50\n  - number: 25"),
        (sound[sound.index("  - id: growth") : sound.index("vocabulary:")], ""),
    )
    records = {(type(change), type(change.record)) for change in found if isinstance(change, (Added, Removed))}
    assert records == {(Removed, Model), (Added, Model), (Added, Milestone), (Removed, Fact)}
    assert said(found) == ["−1 model: Birch (B2)", "+1 model: Ash (C1)", "+1 milestone: 50", "−1 fact: growth"]
    assert said(found, GERMAN)[:3] == ["−1 Modell: Birch (B2)", "+1 Modell: Ash (C1)", "+1 Meilenstein: 50"]


def test_a_row_with_a_corrected_name_or_code_is_the_same_row(sound: str) -> None:
    found = edited(sound, ("name: Alder", "name: Black Alder"), ("code: B2", "code: B2a"))
    assert said(found) == [
        "Hill Black Alder (A1): name Alder → Black Alder",
        "Birch (B2a): code B2 → B2a",
    ]


@pytest.mark.parametrize(
    ("old", "new", "english", "german"),
    [
        ("total: 60", "total: 61", "Hill Works: total 60 → 61", "Hill Works: Gesamtzahl 60 → 61"),
        (
            "  total: 60\n",
            "",
            "Hill Works: total no longer stated (was 60)",
            "Hill Works: Gesamtzahl nicht mehr angegeben (war 60)",
        ),
        (
            "-05-31",
            "-06",
            "the file: date of the facts May 31, 2024 → June 2024",
            "die Datei: Stand der Fakten 31. Mai 2024 → Juni 2024",
        ),
        (
            "title: The book of the works",
            "title: A book",
            "source book: title The book of the works → A book",
            "Quelle book: Titel The book of the works → A book",
        ),
        (
            "to: present",
            "to: 2023",
            "Birch (B2): end of production still in production → 2023",
            "Birch (B2): Produktionsende läuft noch → 2023",
        ),
        (
            "Old Alder, Elder",
            "Elder, Alnus",
            "Hill Alder (A1): other names +Alnus, −Old Alder",
            "Hill Alder (A1): weitere Namen +Alnus, −Old Alder",
        ),
        (
            "fuel: wood",
            "fuel: coal",
            "Hill Alder (A1): facet fuel wood → coal",
            "Hill Alder (A1): Merkmal fuel wood → coal",
        ),
        (
            "    body: open\n",
            "    body: open\n    series: A\n",
            "Hill Alder (A1): series A (was not stated)",
            "Hill Alder (A1): Baureihe A (war nicht angegeben)",
        ),
        (
            "de: grau",
            "de: graublau",
            "milestone 25: colour de grau → graublau",
            "Meilenstein 25: Farbe de grau → graublau",
        ),
        ("value: 1.5", "value: 2.25", "growth: value 1.5 → 2.25", "growth: Wert 1,5 → 2,25"),
        (
            "ask: a day",
            "ask: [a day, daily]",
            "daily output: wording en ask +daily",
            "daily output: Wortlaut en ask +daily",
        ),
        (
            "[roofless]",
            "[topless]",
            "words of the language en: words for body open +topless, −roofless",
            "Wörter der Sprache en: Wörter für body open +topless, −roofless",
        ),
    ],
)
def test_each_change_in_words(sound: str, old: str, new: str, english: str, german: str) -> None:
    found = edited(sound, (old, new))
    assert said(found) == [english]
    assert said(found, GERMAN) == [german]


def test_words_of_another_language(sound: str) -> None:
    found = edited(sound, ("vocabulary:\n", "vocabulary:\n  fr: {products: voiture}\n"))
    assert said(found) == ["+1 language: words of the language fr"]
    assert said(found, GERMAN) == ["+1 Sprache: Wörter der Sprache fr"]


def test_another_default_source(sound: str) -> None:
    found = edited(sound, ("sources:\n", "sources:\n  - {id: letter, title: A letter, published: 2024}\n"))
    assert said(found) == ["+1 source: letter", "the file: default source book → letter"]
    assert isinstance(found[0], Added)
    assert isinstance(found[0].record, Source)
    assert found[0].record.published == PartialDate(2024)


def test_long_values_are_shown_as_far_as_one_can_tell_them_apart(sound: str) -> None:
    before, after = f"before {'x' * 300}", f"after {'y' * 300}"
    text = sound.replace("title: The book of the works", f"title: {before}")
    (change,) = edited(text, (f"title: {before}", f"title: {after}"))
    (line,) = said((change,))
    assert line.startswith("source book: title before xxx")
    assert "… → after yyy" in line
    assert len(line) < 200


def test_many_words_are_not_all_named(sound: str) -> None:
    many = ", ".join(f"topless {number}" for number in range(30))
    (line,) = said(edited(sound, ("[roofless]", f"[{many}]")))
    assert "+topless 0" in line
    assert line.endswith("…")
    assert len(line) < 200
