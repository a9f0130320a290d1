"""Werkbot: answers questions about what a plant has produced."""

__version__ = "0.1.0"
