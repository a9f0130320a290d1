"""What is said without a query: to greetings and thanks, to other topics, to words that nobody can place."""

from __future__ import annotations

from collections.abc import Sequence

from bot.languages import Language
from bot.replies.evidence import sources
from bot.replies.reply import Reply, Status
from bot.replies.wording_markdown import escape, quotable
from bot.replies.wording_phrases import Phrases
from knowledge.query import Attribute
from knowledge.relations import Relations


def social(kind: str, relations: Relations, language: Language, examples: Sequence[str] = ()) -> Reply:
    """A kind word in return; ``examples`` are questions that these facts can answer.

    ``kind`` is one of those that the language files tell apart; raises ``KeyError`` on any other.
    """
    phrases = Phrases(relations, language)
    examples = examples or (example(phrases),)
    cited = sources(relations.knowledge.sources, phrases)
    said = phrases.say(
        f"social.{kind}",
        plant=escape(relations.knowledge.plant.name),
        example=escape(examples[0]),
        as_of=phrases.as_of(),
        source=cited,
    )
    lines: tuple[str, ...] = ()
    if kind == "help":
        lines = tuple(phrases.say("social.example", question=escape(question)) for question in examples)
    return Reply(Status.SOCIAL, language.code, said, lines)


def off_topic(language: Language, relations: Relations) -> Reply:
    """One sentence on what the bot is for."""
    phrases = Phrases(relations, language)
    plant = escape(relations.knowledge.plant.name)
    said = phrases.say("off_topic", plant=plant, example=escape(example(phrases)))
    return Reply(Status.OFF_TOPIC, language.code, said)


def not_placed(words: Sequence[str], known: str | None, relations: Relations, language: Language) -> Reply:
    """Which words nobody could place, and what is known beside them."""
    phrases = Phrases(relations, language)
    quoted = [phrases.say("quoted", word=word) for word in quotable(words)]
    if quoted:
        named = language.enumeration(quoted, "or")
        said = phrases.say("not_placed.words", count=len(quoted), words=named)
    else:
        said = phrases.say("not_placed.something")
    details = (phrases.say("known", values=known),) if known else ()
    return Reply(Status.UNKNOWN, language.code, said, details)


def too_long(language: Language) -> Reply:
    """A question longer than anybody asks."""
    return Reply(Status.OFF_TOPIC, language.code, language.say("answers.too_long"))


def follow_up_lost(language: Language) -> Reply:
    """A question that points back to something that nobody remembers."""
    return Reply(Status.UNKNOWN, language.code, language.say("answers.follow_up_lost"))


def example(phrases: Phrases) -> str:
    """A question that these facts can answer."""
    rarest = phrases.relations.rarest
    if rarest is not None:
        return phrases.say("example.quantity", name=rarest.title)
    if phrases.relations.milestones:
        return phrases.say("example.milestone", number=phrases.relations.milestones[-1].number)
    facts = phrases.relations.knowledge.facts
    return phrases.subject(facts[0]) if facts else phrases.label(Attribute.QUANTITY)
