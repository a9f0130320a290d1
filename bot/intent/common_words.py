"""Which words a language has: what is a common word is not a misspelling of another one."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import msgpack

from bot.intent.normalise import fold


@cache
def common_words(language: str) -> frozenset[str]:
    """The words that make up at least a millionth of a language's text (Zipf frequency of 3 and more), folded.

    They are the small lists of wordfreq (Robyn Speer, CC BY-SA 4.0), some thirty thousand words a language, in its
    documented cBpack format. They are read without the library's code, whose import takes ten times as long. A
    language without a list has no words: then every near miss counts as a misspelling.
    """
    package = find_spec("wordfreq")  # finds the package's folder without importing it
    if package is None or package.origin is None:
        return frozenset()
    path = Path(package.origin).parent / "data" / f"small_{language}.msgpack.gz"
    if not path.is_file():
        return frozenset()
    buckets = msgpack.loads(gzip.decompress(path.read_bytes()), raw=False)
    words = [word for bucket in buckets[1:] for word in bucket]
    # Those with accents are folded all at once, which takes a tenth of the time of folding each.
    accented = fold("\n".join([word for word in words if not word.isascii()]))
    return frozenset([word for word in words if word.isascii()] + accented.split())
