"""The one door by which the live knowledge changes: proposed, confirmed, written, live, recorded."""
