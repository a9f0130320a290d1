"""A reply on a terminal: Discord's markdown becomes bold print, and nothing in it can steer the terminal."""

from __future__ import annotations

from click import style

from bot.replies.reply import Reply
from bot.replies.wording_markdown import plain, spans


def styled(text: str) -> str:
    """The text with ANSI codes for what is bold."""
    return "".join(style(part, bold=True) if bold else part for part, bold in spans(text) if part)


def faint(text: str) -> str:
    """The text without markdown, for what is read last."""
    return style(plain(text), dim=True)


def lines_of(reply: Reply, evidence: tuple[str, ...] | None = None) -> list[str]:
    """The lines of a reply with ANSI codes, ``evidence`` in place of its details if there is a better form of them."""
    details = [styled(line) for line in reply.details] if evidence is None else list(evidence)
    return [
        styled(reply.headline),
        *details,
        *(faint(line) for line in (reply.reading, reply.source) if line),
    ]
