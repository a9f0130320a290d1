"""Every request body that the bot sends in a test has the form that Discord publishes.

``openapi/openapi.json.gz`` is Discord's own description of its interface (MIT, see the LICENSE beside it), unchanged.
It is read with two differences:

- **Snowflakes may be numbers.** It describes them as strings of digits, as Discord sends them; Discord takes both, and
  discord.py sends numbers.
- **No other properties.** It describes objects as open, so a property with a typing error would pass for an unknown
  one. Here an object has only the properties that are described, and the few that discord.py always sends beside them.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from simcord.http import router
from simcord.types import HttpLogEntry

DESCRIPTION = Path(__file__).with_name("openapi") / "openapi.json.gz"
SNOWFLAKE = "SnowflakeType"
BODY = "application/json"
LONGEST = 300
"""Characters that are shown of what is wrong."""

BESIDE = {
    "ApplicationCommandUpdateRequest": {"nsfw": {"type": "boolean"}},
    "RichEmbed": {"flags": {"type": "integer"}},
    "MessageEditRequestPartial": {"tts": {"type": "boolean"}},
    "IncomingWebhookUpdateRequestPartial": {"tts": {"type": "boolean"}},
    "IncomingWebhookUpdateForInteractionCallbackRequestPartial": {"tts": {"type": "boolean"}},
}
"""What discord.py sends and Discord does not describe. A bot has no say in it."""

Error = jsonschema_rs.ValidationError


@cache
def description() -> dict[str, Any]:
    """Discord's description, with the differences."""
    described = json.loads(gzip.decompress(DESCRIPTION.read_bytes()))
    schemas = described["components"]["schemas"]
    schemas[SNOWFLAKE] = {"anyOf": [schemas[SNOWFLAKE], {"type": "integer", "minimum": 0}]}
    for name, properties in BESIDE.items():
        assert not schemas[name]["properties"].keys() & properties.keys(), f"{name} is described by now"
        schemas[name]["properties"] |= properties
    _close(described)
    return dict(described)


def _close(schema: Any, *, is_part: bool = False) -> None:
    """Let objects have no other properties; what is part of an ``allOf`` is described by the other parts too."""
    if isinstance(schema, list):
        for each in schema:
            _close(each)
    if not isinstance(schema, dict):
        return
    if schema.get("type") == "object" and "properties" in schema and not is_part:
        schema.setdefault("additionalProperties", False)
    for key, value in schema.items():
        if key == "allOf":
            for each in value:
                _close(each, is_part=True)
        else:
            _close(value)


def operation(method: str, path: str) -> dict[str, Any] | None:
    """What is described for a request; none if nothing is. Where several paths fit, the one with the most words."""
    steps = path.split("?", maxsplit=1)[0].strip("/").split("/")
    found = []
    for template, operations in description()["paths"].items():
        parts = template.strip("/").split("/")
        fits = len(parts) == len(steps) and all(p in ("", s) or p[0] == "{" for p, s in zip(parts, steps, strict=True))
        if fits and method.lower() in operations:
            words = sum(part[:1] != "{" for part in parts)
            found.append((words, operations[method.lower()]))
    return max(found, key=lambda each: each[0])[1] if found else None


@cache
def _validator(schema: str) -> jsonschema_rs.Validator:
    """A validator for one body, compiled once. The schema comes as JSON since it has to be hashable."""
    whole = {"allOf": [json.loads(schema)], "components": description()["components"]}
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)


def violations(request: HttpLogEntry) -> list[str]:
    """What is wrong with a request, each as a line that says where."""
    name = f"{request.method} {request.path}"
    described = operation(request.method, request.path)
    if described is None:
        return [f"{name}: Discord describes no such operation"]
    body = described.get("requestBody")
    if request.json is None:
        return [f"{name}: no body"] if body is not None and body.get("required") else []
    if body is None:
        return [f"{name}: a body where none is described"]
    schema = body["content"].get(BODY) or next(iter(body["content"].values()))
    validator = _validator(json.dumps(schema["schema"], sort_keys=True))
    reasons = (reason for error in validator.iter_errors(request.json) for reason in _reasons(error))
    return [f"{name}: {'/'.join(map(str, each.instance_path))}: {each.message[:LONGEST]}" for each in reasons]


def _reasons(error: Error) -> Iterator[Error]:
    """What is wrong; in a union, with the member that was most likely meant."""
    members: list[list[Error]] = getattr(error.kind, "context", None) or []
    if not members:
        yield error
        return
    explained = [[reason for each in member for reason in _reasons(each)] for member in members]
    yield from max(explained, key=_likelihood)


def _likelihood(reasons: list[Error]) -> tuple[bool, int, bool]:
    """A member with another ``type`` was not meant, nor null; the deeper the first mistake is, the more of it fits."""
    places = [tuple(reason.instance_path) for reason in reasons]
    is_another = any(place[-1:] == ("type",) for place in places)
    return (not is_another, min(map(len, places)), not any(reason.kind.name == "type" for reason in reasons))


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[HttpLogEntry]:
    """Every request of every simulated Discord that a test starts, as it was sent, also those that are refused."""
    requests: list[HttpLogEntry] = []

    def record(*arguments: Any) -> HttpLogEntry:
        request = HttpLogEntry(*arguments)
        requests.append(request)
        return request

    monkeypatch.setattr(router, "HttpLogEntry", record)
    return requests


@pytest.fixture(autouse=True)
def requests_are_as_described(sent: list[HttpLogEntry]) -> Iterator[None]:
    """Judge what a test has sent when it is over."""
    yield
    wrong = [line for each in sent for line in violations(each)]
    assert not wrong, "\n".join(dict.fromkeys(wrong))
