"""Queries that are kept in a message: any of them comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import knowledges, queries

from knowledge.encoding import decode, encode
from knowledge.query import Listing, Selection

relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@relaxed
@given(st.data())
def test_every_query_comes_back(data: st.DataObject) -> None:
    query = data.draw(queries(data.draw(knowledges())))
    assert decode(encode(query)) == query


def test_a_usual_query_takes_little_room() -> None:
    assert len(encode(Listing(Selection("milestones")))) < 40


@pytest.mark.parametrize("data", [b"", b"\x80", b"abc", b"\xc1", encode(Listing(Selection()))[:-1]])
def test_what_is_no_query_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no query"):
        decode(data)


@given(st.binary(max_size=60))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    try:
        decode(data)
    except ValueError as refusal:
        assert str(refusal)  # noqa: PT017 - most bytes are refused, and a few happen to be a query
