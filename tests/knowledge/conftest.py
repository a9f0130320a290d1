"""A small knowledge file that has one of everything, for tests to spoil."""

from __future__ import annotations

import pytest

SOUND = """\
plant:
  name: Hill Works
  total: 60
as_of: 2024-05-31
sources:
  - id: book
    title: The book of the works
models:
  - name: Alder
    code: A1
    brand: Hill
    body: open
    facets: {fuel: wood}
    aliases: [Old Alder, Elder]
    production: {from: 1990, to: 1999-12}
    quantity: 10
  - name: Birch
    code: B1
    production: {from: 2000, to: 2009}
    quantity: 20
    replaces: [A1]
  - name: Birch
    code: B2
    production: {from: 2010, to: present}
    quantity: 30
milestones:
  - number: 25
    date: 2005-06
    model: Birch de luxe
    row: {code: B1}
    colour: {en: grey, de: grau}
    details: {buyer: a farmer}
facts:
  - id: daily
    unit: products
    value: 3
    per: day
    wording: {en: {subject: daily output, ask: a day}}
  - id: growth
    unit: percent
    value: 1.5
    change_of: daily
    wording: {en: {subject: growth}}
vocabulary:
  en:
    facets: {fuel: [fired by]}
    values: {body: {open: [roofless]}}
"""


@pytest.fixture(scope="session")
def sound() -> str:
    """The text of the sound file."""
    return SOUND
