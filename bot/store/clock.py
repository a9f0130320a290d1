"""Times as the store keeps them: texts in UTC, to the second, which sort by age."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def now() -> str:
    """The time at this moment."""
    return ago(timedelta())


def ago(span: timedelta) -> str:
    """The time so long before this moment."""
    return (datetime.now(UTC) - span).isoformat(timespec="seconds")
