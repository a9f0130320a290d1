"""How long an answer takes and how that grows with the file: this engine beside stored questions matched by WRatio."""

from __future__ import annotations

from functools import partial

from rapidfuzz import fuzz, process
from shared.generated import SIZES, questions, snapshot, stored
from shared.measuring import machine, median, p99, shown, table, timed

from bot.conversation import Conversation, prepare
from bot.replies.reply import Status

COUNT = 240
WARM_UP = 12


def answer(conversation: Conversation, question: str) -> str:
    """The reply to a question as a person reads it."""
    return conversation.reply(question).text


def main() -> None:
    """Ask both the same questions by turns, on files of all sizes."""
    rows, middles = [], []
    for size in SIZES:
        conversation = Conversation(prepare(snapshot(size)))
        strings = stored(size)
        asked = questions(size, COUNT + WARM_UP)
        for question in asked[:WARM_UP]:
            conversation.reply(question)
            process.extractOne(question, strings, scorer=fuzz.WRatio)
        ours, theirs, answered = [], [], 0
        for question in asked[WARM_UP:]:
            ours.append(timed(partial(answer, conversation, question)))
            theirs.append(timed(partial(process.extractOne, question, strings, scorer=fuzz.WRatio)))
            answered += conversation.reply(question).status is Status.ANSWERED
        middles.append((median(ours), median(theirs)))
        times = [shown(each) for each in (median(ours), p99(ours), median(theirs), p99(theirs))]
        rows.append((f"{size:,}", *times, f"{median(ours) / median(theirs):.2f}", f"{answered} of {COUNT}"))
    machine()
    table(("models", "engine median", "p99", "stored median", "p99", "engine / stored", "engine answered"), rows)
    growth = [last / first for first, last in zip(middles[0], middles[-1], strict=True)]
    print(f"growth from {SIZES[0]} to {SIZES[-1]:,} models: engine {growth[0]:.1f} times, stored {growth[1]:.1f} times")


if __name__ == "__main__":
    main()
