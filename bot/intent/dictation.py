"""Names of letters and digits as people dictate them: "x one", "f forty", "u null sechs"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from text_to_num import alpha2digit

from bot.intent.normalise import Token
from bot.intent.phrases import language_phrases
from bot.intent.senses import Kind, Numeral, RowSet
from bot.intent.spelling import LONGEST_WORD
from bot.intent.vocabulary import Compiled
from bot.languages import languages

LONGEST_LETTERS = 2
"""Letters of a name before its digits that are said by themselves."""

TENS, DIGITS = 20, 10
"""From the one on, another number word adds to a number; below the other, it is one digit of several."""


def taken_down(tokens: Sequence[Token], vocabulary: Compiled) -> list[Token]:
    """The tokens with letters and number words joined to the name of a row that they spell."""
    result: list[Token] = []
    place = 0
    while place < len(tokens):
        name, end = _name(tokens, place, vocabulary)
        if not name:
            name, end = _spelt(tokens, place, vocabulary)
        if name:
            first = tokens[place]
            result.append(Token(name, name, None, first.gap, first.asked))
        else:
            result.append(tokens[place])
        place = end
    return result


def _name(tokens: Sequence[Token], place: int, vocabulary: Compiled) -> tuple[str, int]:
    """The name that is spelt from a place on and the place after it; no name, where none is."""
    letters = tokens[place].text
    if len(letters) > LONGEST_LETTERS or not letters.isalpha() or not _may_begin(letters, vocabulary):
        return "", place + 1
    spoken = [_number(token, vocabulary) for token in tokens[place + 1 : place + 3]]
    for digits, count in _digits(spoken):
        if any(sense.kind is Kind.ROWS for sense in vocabulary.phrases.get((letters + digits,), ())):
            return letters + digits, place + 1 + count
    return "", place + 1


def _spelt(tokens: Sequence[Token], place: int, vocabulary: Compiled) -> tuple[str, int]:
    """A word of the vocabulary that is spelt letter by letter, "b m w", and the place after it."""
    end = place
    while end < len(tokens) and len(tokens[end].text) == 1 and tokens[end].text.isalpha():
        end += 1
    for stop in range(end, place + LONGEST_LETTERS, -1):
        word = "".join(token.text for token in tokens[place:stop])
        if (word,) in vocabulary.phrases:
            return word, stop
    return "", place + 1


def _may_begin(letters: str, vocabulary: Compiled) -> bool:
    """Whether letters are no name of their own, and no word as "a" is; "i" may be a person or the letter."""
    senses = vocabulary.phrases.get((letters,), ())
    kinds = {sense.kind for sense in senses}
    own = any(isinstance(sense.value, RowSet) and sense.value.exact for sense in senses)
    return not own and (Kind.FILL not in kinds or Kind.NARRATOR in kinds) and Kind.NUMBER not in kinds


def _number(token: Token, vocabulary: Compiled) -> int | None:
    """The number that a word is; of compounds ("zweiundzwanzig") those of the language itself."""
    if token.value is not None or token.gap:
        return None
    plain = number_words().get(token.text)
    if plain is not None or (token.text,) in vocabulary.phrases or len(token.text) > LONGEST_WORD:
        return plain
    digits = alpha2digit(token.original, vocabulary.language)
    return int(digits) if digits.isascii() and digits.isdigit() else None


def _digits(spoken: Sequence[int | None]) -> Iterator[tuple[str, int]]:
    """The digits that number words may stand for, and how many words they take: the longest first."""
    one, other = (*spoken, None, None)[:2]
    if one is None:
        return
    if other is not None and other < DIGITS:
        if one < DIGITS:
            yield f"{one}{other}", 2
        elif one >= TENS and not one % DIGITS:
            yield str(one + other), 2
    yield str(one), 1


@cache
def number_words() -> dict[str, int]:
    """The whole numbers below a hundred that are one word in any of the languages."""
    found: dict[str, int] = {}
    for language in languages().values():
        for words, sense in language_phrases(language, {"numbers"}):
            value = sense.value.value if isinstance(sense.value, Numeral) else None
            if len(words) == 1 and isinstance(value, int) and len(words[0]) > LONGEST_LETTERS:
                found.setdefault(words[0], value)
    return found
