"""Readers: each proposes typed readings of a clause as one kind of question."""
