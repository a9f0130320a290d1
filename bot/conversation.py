"""The one door: every channel asks here, and gets a reply to show."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from time import monotonic
from weakref import ref

from cachetools import TTLCache

from bot.intent.discourse import Turn, turn_of
from bot.intent.linking import corrections, link
from bot.intent.normalise import is_too_long, tokenize
from bot.intent.phrases import own_words, words_in
from bot.intent.reading import Outcome, Understood
from bot.intent.segments import coded, is_beyond_reading
from bot.intent.understanding import understand
from bot.intent.vocabulary import Compiled, compile_vocabulary
from bot.languages import Language, languages
from bot.replies.reply import Reply
from bot.replies.wording import follow_up_lost, join, not_placed, off_topic, social, too_long, word
from knowledge.answer import Answer
from knowledge.evaluation import evaluate
from knowledge.query import Query
from knowledge.relations import Relations
from knowledge.selection import order_all
from knowledge.snapshot import Snapshot

CLEARLY = 3
"""So many more of its words make one language that of a question, whatever another could make of it."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks where: follow-ups are remembered for each person in each channel."""

    person: str
    channel: str


@dataclass(frozen=True)
class Prepared:
    """A snapshot with everything that reading questions about it needs, built beside the live one."""

    snapshot: Snapshot

    @cached_property
    def relations(self) -> Relations:
        """The snapshot's records with their indexes."""
        return Relations(self.snapshot.knowledge)

    @cached_property
    def own_words(self) -> Mapping[str, frozenset[str]]:
        """By language, the words that tell that a question is asked in it: its own and the file's, but no names."""
        knowledge = self.snapshot.knowledge
        names = words_in(row.title for row in knowledge.models)
        further = {code: words_in(spoken.phrases()) for code, spoken in knowledge.vocabulary.items()}
        return {
            code: (own_words(language) | further.get(code, frozenset())) - names
            for code, language in languages().items()
        }

    @cached_property
    def _vocabularies(self) -> dict[str, Compiled]:
        return {}

    def vocabulary(self, language: Language) -> Compiled:
        """The vocabulary of a language on this snapshot, compiled at its first use."""
        if language.code not in self._vocabularies:
            self._vocabularies[language.code] = compile_vocabulary(language, self.relations)
        return self._vocabularies[language.code]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A reply with the answers that it words, and the facts that these were computed on.

    ``left_over``: the words of a question about the plant for which there was no place, so that it has no answer.
    """

    reply: Reply
    answers: tuple[Answer, ...]
    prepared: Prepared
    left_over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Remembered:
    """What a speaker asked before, on which facts, and in which language it was answered."""

    prepared: ref[Prepared]
    language: Language
    turns: tuple[Turn, ...]


class Conversation:
    """Answers questions on the live snapshot and remembers each speaker's last turn."""

    def __init__(
        self,
        prepared: Prepared,
        *,
        limit: int = 10_000,
        seconds: float = 900,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """``limit`` speakers are remembered, each for ``seconds`` after the last question."""
        self._prepared = prepared
        # What is remembered must not keep old facts in memory: hence the weak reference in it.
        self._memory: TTLCache[Speaker, _Remembered] = TTLCache(limit, seconds, clock)

    @property
    def prepared(self) -> Prepared:
        """The live snapshot with what reading needs."""
        return self._prepared

    @property
    def snapshot(self) -> Snapshot:
        """The live snapshot."""
        return self._prepared.snapshot

    @property
    def relations(self) -> Relations:
        """The records of the live snapshot."""
        return self._prepared.relations

    def replace(self, prepared: Prepared) -> None:
        """Make a prepared snapshot the live one: one assignment."""
        self._prepared = prepared

    def reply(self, question: str, speaker: Speaker | None = None, language: str | None = None) -> Reply:
        """The reply to a question; without a speaker it stands alone.

        ``language`` is the one to reply in, whatever the question is asked in; none: the question's own.
        """
        return self.exchange(question, speaker, language).reply

    def exchange(
        self,
        question: str,
        speaker: Speaker | None = None,
        language: str | None = None,
        preferred: str | None = None,
    ) -> Exchange:
        """As ``reply``, with the answers too; ``preferred`` is the language of a question that fits several alike."""
        prepared = self._prepared
        wanted = languages().get(language or "")
        leaning = wanted or languages().get(preferred or "")
        before = self._remembered(speaker, prepared)
        turns = before.turns if before is not None else ()
        spoken, understood = _read(question, prepared, turns, leaning or (before.language if before else None))
        if speaker is not None and understood.turns:
            self._memory[speaker] = _Remembered(ref(prepared), wanted or spoken, understood.turns)
        elif speaker is not None and understood.outcome is Outcome.LOST:
            self.forget(speaker)
        answers = _answers(prepared, understood)
        left_over = understood.left_over if understood.outcome is Outcome.NOT_PLACED else ()
        return Exchange(_worded(prepared, wanted or spoken, understood, answers), answers, prepared, left_over)

    def _remembered(self, speaker: Speaker | None, prepared: Prepared) -> _Remembered | None:
        """What a speaker asked before, on the same snapshot: on another one it may not be so any more."""
        found = self._memory.get(speaker) if speaker is not None else None
        return found if found is not None and found.prepared() is prepared else None

    def answer(self, query: Query, language: str) -> Reply:
        """The reply to a query that a command built itself (a look-up by slash command, say)."""
        return self.look_up(query, language).reply

    def look_up(self, query: Query, language: str, speaker: Speaker | None = None) -> Exchange:
        """As ``answer``, with the answer too; a speaker's next question may go on from it."""
        prepared = self._prepared
        spoken = languages().get(language) or next(iter(languages().values()))
        answer = evaluate(query, prepared.relations)
        if speaker is not None:
            turn = turn_of((), query, answer, prepared.relations)
            self._memory[speaker] = _Remembered(ref(prepared), spoken, (turn,))
        return Exchange(word(answer, prepared.relations, spoken), (answer,), prepared)

    def forget(self, speaker: Speaker) -> None:
        """Forget what a speaker asked: the next question stands alone."""
        self._memory.pop(speaker, None)


def _read(
    question: str, prepared: Prepared, turns: tuple[Turn, ...], preferred: Language | None
) -> tuple[Language, Understood]:
    """The language that fits a question best and what the question means; ``preferred`` where several fit alike."""
    tokens = tokenize(question)
    words = {token.text for token in tokens}
    fitting = {code: len(words & own) for code, own in prepared.own_words.items()}
    offered = sorted(languages().values(), key=lambda language: (-fitting[language.code], language is not preferred))
    if is_too_long(question, tokens):
        return offered[0], Understood(Outcome.TOO_LONG, turns=turns)
    attempts: list[tuple[Language, Understood]] = []
    read: list[tuple[tuple[int, int], Language, Understood]] = []
    for language in offered:
        if read and (read[0][0] == (0, 0) or fitting[language.code] < fitting[offered[0].code]):
            break  # nothing was corrected or borrowed, or another language fits less: this one is meant
        ahead = fitting[offered[0].code] - fitting[language.code]
        if attempts and (ahead >= CLEARLY or (ahead and attempts[0][1].outcome is Outcome.LOST)):
            break
        items = link(tokens, prepared.vocabulary(language))
        if attempts and is_beyond_reading(items):
            continue
        if attempts and attempts[0][1].outcome is Outcome.NOT_PLACED and coded(items):
            continue  # what is no code in the question's own language is none in another
        understood = understand(items, prepared.relations, turns)
        attempts.append((language, understood))
        if understood.outcome is Outcome.READ:
            read.append((corrections(items, prepared.own_words[language.code]), language, understood))
        elif understood.outcome is Outcome.SOCIAL and not read:
            break
    if read:
        _, language, understood = min(read, key=lambda each: each[0])
        return language, understood
    return attempts[0] if attempts[-1][1].outcome is not Outcome.SOCIAL else attempts[-1]


def _answers(prepared: Prepared, understood: Understood) -> tuple[Answer, ...]:
    if understood.outcome is not Outcome.READ:
        return ()
    return tuple(understood.answers) or tuple(evaluate(query, prepared.relations) for query in understood.queries)


def _worded(prepared: Prepared, language: Language, understood: Understood, answers: tuple[Answer, ...]) -> Reply:
    match understood.outcome:
        case Outcome.READ:
            return join([word(answer, prepared.relations, language) for answer in answers])
        case Outcome.SOCIAL:
            return social(understood.social or "greeting", prepared.relations, language)
        case Outcome.NOT_PLACED:
            return not_placed(understood.left_over, None, prepared.relations, language)
        case Outcome.LOST:
            return follow_up_lost(language)
        case Outcome.TOO_LONG:
            return too_long(language)
        case Outcome.OFF_TOPIC:
            return off_topic(language, prepared.relations)


def prepare(snapshot: Snapshot, *, ahead: bool = True) -> Prepared:
    """Build what reading needs. Takes long for a large file: call it off the event loop.

    Not ``ahead``: what a language needs is built when it is first asked in, for a process that answers one question.
    """
    prepared = Prepared(snapshot)
    if ahead:
        prepared.relations.index()
        order_all(prepared.relations)
        _ = prepared.own_words
        for language in languages().values():
            language.make_ready()
            prepared.vocabulary(language).make_ready()
        # What was built lives long, and looking for garbage in it would hold up an answer: 0.3 s for 20,000 models.
        # It holds no circles, so that it goes when the snapshot is replaced.
        gc.freeze()
    return prepared
