"""Knowledge files that somebody may have broken by mistake or made to do harm, each from a number: always the same."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any

import yaml

from knowledge.document import plain
from knowledge.reading import read

EVERY = 50
"""One file in so many is huge."""

BASES = [
    *(file.read_text("utf-8") for file in (files("knowledge") / "data").iterdir() if file.name.endswith(".yaml")),
    *(file.read_text("utf-8") for file in sorted((Path(__file__).parents[1] / "data").glob("*.yaml"))),
]


def _tree(text: str) -> Any:
    """The values of a file, in lists and mappings that can be changed."""
    root, _ = read(text.encode())
    assert root is not None
    return json.loads(json.dumps(plain(root)))


TREES = [_tree(text) for text in BASES]

PIECES = (
    *("plant:", "name:", "models:", "facts:", "milestones:", "vocabulary:", "sources:", "row:", "value:", "to:"),
    *("- ", "\n", "\n  ", "\n    ", ": ", "[", "]", "{", "}", ", ", "? ", "#", "'", '"', "|", ">", "---\n", "...\n"),
    *(
        "&a ",
        "*a",
        "!!int ",
        "!!python/object/apply:os.system [true]",
        "!<x> ",
        "<<: *a",
        "%YAML 9.9\n",
        "@",
        "`",
        "\t",
    ),
    *("\r", "\x85", "\u2028", "\x00", "\x1b[31m", "\ud7ff", "\U0001f697", "e\u0301", "\u202e", "\u2066", "\ufeff"),
    *("\\x00", '"\\u202e"', '"\\UFFFFFFFF"', '"\\ud800"', "0x1F", "1e999", "-0", ".nan", "1:30", "12_000", "x" * 300),
)
"""What is put into the text of a file."""

NAMES = (
    *("@everyone", "@here", "<@123456789012345678>", "<@&123456789012345678>", "<#123456789012345678>", "<:a:123>"),
    *("**bold**", "__under__", "~~gone~~", "||hidden||", "`code`", "```block```", "> quoted", "# Title", "- item"),
    *("[text](https://example.com)", "https://example.com", "discord.gg/abc", "1. first", "</ask:1>", "<t:1>"),
    *("\u200b", "\u200b\u200b", "a\u200bb", "\u2060", "\u00ad", "\ufeffX", "\u200fX", "\u061cX", "\u2028", "\u3164"),
    *("how many", "the", "which", "most", "wie viele", "und", "or", "2012", "12", "1,000", "first", "all", "not", "-"),
    *("i3", "X1", "E90", "e90", "E 90", "BMW", "models", "cars", "present", "no", "null", "true", "~", "a", "A1", "I"),
    *("", " ", "   ", "\n", "\\", "'", '"', "%s", "{0}", "{name}", "%(x)s", "$HOME", "../../etc/passwd", "\U0001f697"),
    *("x" * 200, "x" * 201, "x" * 100_000, "a " * 99, "\u0301" * 150, "\U0001f468\u200d\U0001f469" * 20, "ﷺ" * 200),
    *("\u202eabc", "\u2066abc", "\x1b[2J", "\x00", "\x07", "\x7f", "\x9b31m", "\ud7ff", "\ufffe", "\U000e0041"),
    *("İ", "ß", "ſ", "ǆ", "K", "Å", "①②", "１２", "٣", "१", "½", "Ⅷ", "ﬁ", "Ω", "一二三", "مرحبا", "שלום", "e\u0301"),
)
"""Names that somebody might try."""

VALUES: tuple[Any, ...] = (
    *NAMES,
    *("9" * 18, "9" * 19, "9" * 5000, "-1", "1e9", "1e99", "1e-99", "0.1", ".5", "5.", "0", "00", "0x10", "1_000"),
    *("2011-13", "2011-02-30", "0000", "0999", "1000", "2999", "3000", "9999-12-31", "2011-1-1", "today", "present"),
    *([], {}, [[]], [{}], {"en": "x"}, {"en": ""}, {"xx": "x"}, {"EN": "x"}, ["a", "a"], ["a"] * 50, {"": ""}),
)


def mutated(number: int) -> tuple[str, bytes]:
    """The kind of the mutation with this number, and the file."""
    turn, rest = divmod(number, EVERY)
    if rest == EVERY - 1:
        again, place = divmod(turn, len(HUGE))
        share = SHARES[again % len(SHARES)]
        made = HUGE[place](int(SIZE * share))
        return f"huge {place}, {share:.0%}", made.encode() if isinstance(made, str) else made
    kind = ORDINARY[number % len(ORDINARY)]
    return kind.__name__, kind(Random(number))


# -- bytes and text -------------------------------------------------------------------------------------------------


def damaged_bytes(random: Random) -> bytes:
    """Some bytes are others, or gone, or there again."""
    data = bytearray(random.choice(BASES).encode())
    for _ in range(random.randint(1, 8)):
        start = random.randrange(len(data))
        stop = start + random.choice((0, 1, 1, 3, 50, 2000))
        data[start:stop] = random.choice((b"", random.randbytes(random.randint(1, 4)), bytes(data[start:stop]) * 2))
    return bytes(data)


def cut_off(random: Random) -> bytes:
    """A file that is half written."""
    data = random.choice(BASES).encode()
    return data[: random.randrange(len(data))] + random.choice((b"", b"\x00" * random.randrange(4096)))


def damaged_text(random: Random) -> bytes:
    """Pieces of YAML where they do not belong."""
    text = random.choice(BASES)
    for _ in range(random.randint(1, 6)):
        start = random.randrange(len(text))
        text = text[:start] + random.choice(PIECES) + text[start + random.choice((0, 0, 1, 5, 80)) :]
    return text.encode("utf-8", "surrogatepass")


def pieces_alone(random: Random) -> bytes:
    """Nothing but pieces of YAML."""
    return "".join(random.choice(PIECES) for _ in range(random.randint(0, 60))).encode("utf-8", "surrogatepass")


def moved_lines(random: Random) -> bytes:
    """Lines that stand elsewhere, twice, or further in."""
    lines = random.choice(BASES).splitlines()
    for _ in range(random.choice((1, 1, 2, 6))):
        start = random.randrange(len(lines))
        moved = lines[start : start + random.choice((1, 1, 5, 40))]
        if random.random() < 0.5:
            del lines[start : start + len(moved)]
        place = random.choice((start, start, random.randrange(len(lines))))
        lines[place:place] = [random.choice(("", "", "", " ", "  ", "\t")) + line for line in moved]
    return "\n".join(lines).encode()


def other_encoding(random: Random) -> bytes:
    """A file that another program has saved."""
    encoding = random.choice(("utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "utf-8-sig", "utf-7", "cp037"))
    return random.choice(BASES).encode(encoding, "replace")


# -- the tree -------------------------------------------------------------------------------------------------------


def places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every list and mapping with each of its places."""
    steps = list(tree) if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    for step in steps:
        yield tree, step
        yield from places(tree[step])


def written(tree: Any, random: Random) -> bytes:
    """The tree as YAML; now and then without the quotes that it needs."""
    dumper = yaml.CSafeDumper if random.random() < 0.9 else yaml.SafeDumper
    text = yaml.dump(tree, Dumper=dumper, allow_unicode=True, width=random.choice((80, 10**6)), sort_keys=False)
    if random.random() < 0.1:
        text = text.replace("'", "")
    return text.encode("utf-8", "surrogatepass")


def other_values(random: Random) -> bytes:
    """Another value in some places, or none."""
    tree = copy.deepcopy(random.choice(TREES))
    for _ in range(random.choice((1, 1, 2, 5, 40))):
        node, step = random.choice(list(places(tree)))
        match random.randrange(8):
            case 0 if isinstance(node, dict):
                node[random.choice(NAMES)] = node.pop(step)
            case 1 if isinstance(node, list):
                node.append(copy.deepcopy(node[step]))
            case 2:
                del node[step]
            case _:
                node[step] = copy.deepcopy(random.choice(VALUES))
    return written(tree, random)


def hostile_names(random: Random) -> bytes:
    """A sound file whose texts are what somebody might try."""
    tree = copy.deepcopy(random.choice(TREES))
    fit = [name for name in NAMES if 0 < len(name) <= 200 and name.isprintable() and name.strip()]

    def name() -> str:
        parts = random.sample(fit, random.choice((1, 1, 2, 3)))
        return " ".join(parts)[:190].strip() + random.choice(("", "", f" {random.randrange(100)}"))

    tree["plant"]["name"] = name()
    tree["plant"].pop("total", None)
    tree.pop("vocabulary", None)
    for source in tree["sources"]:
        source["title"] = name()
    keep = random.random() < 0.5
    for place, model in enumerate(tree["models"]):
        model["name"] = name() if random.random() < 0.7 else model["name"]
        model["code"] = model.get("code", "c") if keep else f"c{place}"
        model["aliases"] = [name()[:150] + f" {place} alias"]
        for facet in ("brand", "series", "body"):
            if random.random() < 0.5:
                model[facet] = name()
        model.pop("replaces", None)
    for milestone in tree.get("milestones", ()):
        milestone.pop("row", None)
        milestone.update(model=name(), colour=name(), details={"buyer": name()})
    for fact in tree.get("facts", ()):
        fact.pop("row", None)
        for wording in fact["wording"].values():
            wording.update(subject=name(), sentence=name())
    return written(tree, random)


def same_names(random: Random) -> bytes:
    """Names that equal codes, series, brands, places and each other."""
    tree = copy.deepcopy(random.choice(TREES))
    texts = [node[step] for node, step in places(tree["models"]) if isinstance(node[step], str)]
    for section in ("milestones", "facts"):
        for record in tree.get(section, ()):
            record.pop("row", None)
    tree.pop("vocabulary", None)
    for model in tree["models"]:
        model.pop("replaces", None)
    for _ in range(random.randint(1, 30)):
        model = random.choice(tree["models"])
        model[random.choice(("name", "code", "brand", "series", "body"))] = random.choice(texts)
    if random.random() < 0.2:
        random.choice(tree["models"])["aliases"] = random.sample(texts, 5)
    if random.random() < 0.5:
        tree["plant"]["name"] = random.choice(texts)
    return written(tree, random)


# -- bombs ----------------------------------------------------------------------------------------------------------

HEAD = "plant: {name: W}\nas_of: 2024\nsources: [{id: s, title: T}]\n"


def small_bomb(random: Random) -> bytes:
    """A few bytes that would become many in a program that believes them."""
    depth = random.choice((19, 21, 1000, 50_000))
    return random.choice(
        (
            HEAD + "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
                f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(20)
            ),
            HEAD + "models: &m\n  - *m\n",
            HEAD + "<<: {plant: {name: X}}\nmodels: !!set {a, b}\n",
            HEAD + "models: " + "[" * depth,
            HEAD + "models: " + "[" * depth + "]" * depth,
            HEAD + "models: " + "{a: " * depth + "}" * depth,
            HEAD + "models:\n" + "- " * depth,
            HEAD + "models:\n" + "".join(" " * n + "a:\n" for n in range(min(depth, 900))),
            HEAD + "? " * depth,
            HEAD + "models: [{name: A, quantity: " + "9" * depth + "}]\n",
            HEAD + "models: [{name: A, quantity: 1e" + "9" * depth + "}]\n",
            HEAD + "models: [{name: A, quantity: 0." + "9" * depth + "}]\n",
            HEAD + "models: [{name: " + "ä" * depth + "}]\n",
            HEAD + "models: [{name: A, " + ", ".join(f"k{n}: 1" for n in range(depth % 5000)) + "}]\n",
            "%TAG ! tag:example.com:\n---\n" + HEAD + "models: !x [a]\n",
            "!!python/object/new:os.system [echo]",
            HEAD + "---\n" * depth,
            "'" * depth, '"' + "\\" * depth, "#" * depth, "\n" * depth, " " * depth, "|\n" * depth, "&" * depth,
        )
    ).encode()  # fmt: skip


SIZE = 4_900_000
"""Characters of a huge file, a little fewer than are read at all."""

SHARES = (1.0, 0.4, 0.15)
"""A huge file, and smaller ones that are read further."""


def _lines(size: int, line: str) -> str:
    """So many lines, each with its number, that they have this size."""
    count = size // len(line.format(n=100_000).encode())
    return "".join(line.format(n=number) for number in range(count))


HUGE: tuple[Callable[[int], str | bytes], ...] = (
    lambda n: HEAD + "models:\n" + _lines(n, "- {{name: n{n}}}\n"),
    lambda n: HEAD + "models:\n" + _lines(n, "- {{name: n{n}, code: c{n}, quantity: 1}}\n"),
    lambda n: HEAD + "models:\n" + _lines(n, "- {{name: same}}\n"),
    lambda n: HEAD + "models:\n" + _lines(n, "- {{name: same, code: c{n}, aliases: [a, b, c]}}\n"),
    lambda n: HEAD + "models:\n- name: A\n  aliases:\n" + _lines(n, "  - alias\n"),
    lambda n: HEAD + "models:\n- name: A\n  aliases:\n" + _lines(n, "  - alias {n}\n"),
    lambda n: HEAD + "models:\n" + _lines(n, "- {{name: n{n}, replaces: m{n}}}\n"),
    lambda n: HEAD + "models:\n" + _lines(n, "- {{name: n{n}, source: x{n}}}\n"),
    lambda n: HEAD + "models:\n" + _lines(n, "- {{nam: n{n}}}\n"),
    lambda n: HEAD + "models:\n" + _lines(n, "- {{name: n{n}, quantity: many, body: [], x: 1}}\n"),
    lambda n: HEAD + "models:\n" + _lines(n, "- {{name: 1{n}, code: 2{n}}}\n"),
    lambda n: HEAD + "models:\n" + _lines(n, "- {{name: n{n}, production: {{from: 2020, to: 2010}}}}\n"),
    lambda n: HEAD + "models:\n" + _lines(n, "- {{name: n{n}, production: {{from: 2030}}}}\n"),
    lambda n: HEAD + "models:\n" + _lines(n, "- {{name: n{n}, facets: {{f{n}: x{n}}}}}\n"),
    lambda n: HEAD + "models:\n" + _lines(n, "- {n}\n"),
    lambda n: HEAD + "models:\n" + _lines(n, "-\n"),
    lambda n: HEAD + "models: [" + _lines(n, "[],") + "]",
    lambda n: HEAD + "models: [" + _lines(n, "a,") + "]",
    lambda n: HEAD + _lines(n, "k{n}: {n}\n"),
    lambda n: HEAD + _lines(n, "same: 1\n"),
    lambda n: HEAD + _lines(n, "&a{n} k{n}: *a{n}\n"),
    lambda n: HEAD + _lines(n, "k{n}: !!str x\n"),
    lambda n: HEAD + "milestones:\n" + _lines(n, "- {{number: {n}}}\n"),
    lambda n: HEAD + "milestones:\n" + _lines(n, "- {{number: 1{n}, row: {{name: z{n}}}}}\n"),
    lambda n: HEAD + "models: [{name: a}]\nmilestones:\n" + _lines(n, "- {{number: 1{n}, row: {{name: b}}}}\n"),
    lambda n: HEAD + "facts:\n" + _lines(n, "- {{id: f{n}, value: 1, change_of: g{n}}}\n"),
    lambda n: HEAD + "facts:\n" + _lines(n, "- {{id: f{n}, value: 1, change_of: f{n}}}\n"),
    lambda n: HEAD + "facts:\n" + _lines(n, "- {{id: f{n}, unit: rank, value: x, wording: {{en: {{subject: s}}}}}}\n"),
    lambda n: HEAD + "vocabulary:\n  en:\n    values:\n      body:\n" + _lines(n, "        v{n}: w\n"),
    lambda n: HEAD + "vocabulary:\n  en:\n    facets:\n" + _lines(n, "      v{n}: w\n"),
    lambda n: (
        HEAD + "models: [{name: a, body: b}]\nvocabulary: {en: {values: {body: {" + _lines(n, "v{n}: w, ") + "}}}}"
    ),
    lambda n: HEAD + "sources2:\n" + _lines(n, "- {{id: s{n}, title: T}}\n"),
    lambda n: HEAD + "x: " + "x" * n,
    lambda n: HEAD + "x: '" + "''" * (n // 2) + "'",
    lambda n: HEAD + 'x: "' + "\\n" * (n // 2) + '"',
    lambda n: HEAD + "x: |\n" + " line\n" * (n // 6),
    lambda n: HEAD + "#" * n,
    lambda n: HEAD + "# c\n" * (n // 4),
    lambda n: "x" * n + ": 1",
    lambda n: HEAD + "[" * n,
    lambda n: HEAD + "- " * (n // 2),
    lambda n: HEAD + "? " * (n // 2),
    lambda n: HEAD + "x: " + "9" * n,
    lambda n: HEAD + "models: [{name: " + "é" * (n // 2) + "}]",
    lambda n: "\u202e" * (n // 3),
    lambda n: "a\x00" * (n // 2),
    lambda n: "\n" * n,
    lambda n: " " * n,
    lambda n: "\t" * n,
    lambda n: "'" * n,
    lambda n: '"' + "\\x41" * (n // 4),
    lambda n: "x" * (n * 10),
    lambda n: Random(1).randbytes(n),
    lambda n: b"\x00" * n,
    lambda n: b"\xff" * n,
    lambda n: Random(2).randbytes(10 * n),
)  # fmt: skip
"""Millions of characters, of every kind that may be slow somewhere."""

ORDINARY = (
    damaged_bytes, cut_off, damaged_text, pieces_alone, moved_lines, other_encoding, other_values, hostile_names,
    same_names, other_values, hostile_names, small_bomb,
)  # fmt: skip
