"""What a reply tells, as tests compare it."""

from __future__ import annotations

import re

from bot.replies.reply import Reply

CODE = re.compile(r"\(([A-Za-z]\d+)\)")


def listed(reply: Reply) -> set[str]:
    """The codes of the rows that a reply tells of."""
    return set(CODE.findall("\n".join((reply.headline, *reply.details))))
