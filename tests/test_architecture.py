"""The borders that the design draws: who may import whom, and where words and names may stand."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
MODULES = sorted(path for package in ("bot", "knowledge") for path in (ROOT / package).rglob("*.py"))
FACTS = sorted((ROOT / "knowledge" / "data").glob("*.yaml"))
LANGUAGE_FILES = sorted((ROOT / "bot" / "languages").glob("*/*.yaml"))
VOCABULARIES = [path for path in LANGUAGE_FILES if path.name == "words.yaml"]

DISCORD_SIDE = ("bot/client.py", "bot/preview.py", "bot/commands/", "bot/components/", "bot/replies/embed")

ROOMS = (
    "knowledge",
    "bot.languages",
    "bot.store",
    "bot.replies",
    "bot.intent",
    "bot.conversation",
    "bot.stewardship",
    "bot",
)
"""From the innermost to the outermost; ``bot`` is every channel. A room imports only those before it."""

APART = {"bot.intent", "bot.replies"}
"""How a question is read and how an answer is worded know nothing of each other."""


def name_of(path: Path) -> str:
    """``bot/replies/reply.py`` and ``bot/replies/__init__.py`` are ``bot.replies.reply`` and ``bot.replies``."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def tree_of(path: Path) -> ast.Module:
    """The syntax of a module."""
    return ast.parse(path.read_text(encoding="utf-8"), path.name)


def imports_of(path: Path) -> set[str]:
    """Every module that a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(tree_of(path)):
        match node:
            case ast.Import():
                found |= {alias.name for alias in node.names}
            case ast.ImportFrom():
                assert node.level == 0, f"{path}: a relative import"
                found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def room_of(module: str) -> str:
    """The room that a module of the project is in."""
    inner = (room for room in ROOMS if module == room or module.startswith(f"{room}."))
    return max(inner, key=len)


def is_in(module: str, package: str) -> bool:
    """Whether a module is a package or in it."""
    return module == package or module.startswith(f"{package}.")


# -- imports --------------------------------------------------------------------------------------------------------


def test_the_knowledge_imports_nothing_of_the_bot() -> None:
    inside = {name_of(path): imports_of(path) for path in MODULES if is_in(name_of(path), "knowledge")}
    assert inside
    assert not [(name, module) for name, modules in inside.items() for module in modules if is_in(module, "bot")]


def test_only_the_discord_side_imports_discord() -> None:
    importing = {path for path in MODULES if any(is_in(module, "discord") for module in imports_of(path))}
    assert importing
    names = {path.relative_to(ROOT).as_posix() for path in importing}
    assert not [name for name in names if not name.startswith(DISCORD_SIDE)]


def test_each_room_imports_only_those_further_in() -> None:
    wrong = [
        (name_of(path), module)
        for path in MODULES
        for module in imports_of(path)
        if is_in(module, "bot") or is_in(module, "knowledge")
        if ROOMS.index(room_of(module)) > ROOMS.index(room_of(name_of(path)))
        or {room_of(module), room_of(name_of(path))} == APART
    ]
    assert not wrong


def test_no_module_has_to_be_loaded_before_itself() -> None:
    """Imports inside functions are left out: they run when everything is loaded."""
    graph: dict[str, set[str]] = defaultdict(set)
    names = {name_of(path) for path in MODULES}
    for path in MODULES:
        for node in tree_of(path).body:
            if isinstance(node, ast.ImportFrom) and node.module in names:
                inner = {f"{node.module}.{alias.name}" for alias in node.names} & names
                graph[name_of(path)] |= inner or {node.module}
    assert graph
    TopologicalSorter(graph).prepare()


# -- words ----------------------------------------------------------------------------------------------------------

KEY = re.compile(r"\w+(?:[._]\w+)+")
WORD = re.compile(r"[^\W_]+")

FOREIGN = {
    "false": "how YAML writes it",
    "could not find expected ':'": "an error of PyYAML's",
    "begin immediate": "SQL",
}
"""Texts that other programs are known by, each with the reason why it stands in the code."""


def words_in(text: str) -> list[str]:
    """The words of a text without case."""
    return WORD.findall(text.casefold())


def spoken_in(text: str) -> list[str]:
    """The words of a text as somebody would say it: ``at_least`` and ``total.at_least`` are keys, not words."""
    return words_in(KEY.sub(" ", text))


def texts_in(node: object) -> Iterator[str]:
    """Every text that is a value somewhere in YAML."""
    match node:
        case str():
            yield node
        case dict():
            for value in node.values():
                yield from texts_in(value)
        case list():
            for value in node:
                yield from texts_in(value)


def keys_in(node: object) -> Iterator[str]:
    """Every key somewhere in YAML."""
    match node:
        case dict():
            for key, value in node.items():
                yield str(key)
                yield from keys_in(value)
        case list():
            for value in node:
                yield from keys_in(value)


def literals_of(tree: ast.Module) -> Iterator[ast.Constant]:
    """Texts in the code that take part in what it does: no docstrings and nothing that is only for developers.

    What is raised, what is logged and what describes a field of the JSON Schema are for those who write code or data;
    everybody else reads sentences of the language files.
    """
    skipped: set[ast.AST] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant()):
                skipped.add(node.value)
            case ast.Raise():
                skipped |= set(ast.walk(node))
            case ast.Call(func=ast.Attribute(value=ast.Name(id="log"))):
                skipped |= set(ast.walk(node))
            case ast.keyword(arg="description", value=ast.Constant()):
                skipped.add(node.value)
            case ast.Dict():
                named = zip(node.keys, node.values, strict=True)
                skipped |= {
                    value for key, value in named if isinstance(key, ast.Constant) and key.value == "description"
                }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in skipped:
            yield node


def literals() -> Iterator[tuple[str, str]]:
    """Every text in the code with its place."""
    for path in MODULES:
        for node in literals_of(tree_of(path)):
            yield f"{path.relative_to(ROOT)}:{node.lineno}", str(node.value)


def terms() -> set[str]:
    """The words that the code itself is written in: what it calls its own functions, attributes, types and files."""
    names: set[str] = set()
    for path in MODULES:
        names.add(path.stem)
        for node in ast.walk(tree_of(path)):
            match node:
                case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name) | ast.keyword(arg=str(name)):
                    names.add(name)
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                    names.add(name)
    return {word for name in names for word in words_in(name.replace("_", " "))}


def loaded(path: Path) -> Any:
    """The YAML of a file."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def names_of_facts() -> tuple[set[str], set[tuple[str, ...]]]:
    """The words and the names of several words that the shipped facts bring."""
    words: set[str] = set()
    phrases: set[tuple[str, ...]] = set()
    for path in FACTS:
        facts = loaded(path)
        named = [facts["plant"], facts["models"], facts["milestones"], facts.get("vocabulary", {})]
        for text in texts_in(named):
            parts = words_in(text)
            words |= {word for word in parts if re.search(r"[^\W\d_]", word) and len(word) > 1}
            if len(parts) > 1:
                phrases.add(tuple(parts))
    return words, phrases


def natural_language() -> tuple[set[str], set[tuple[str, ...]]]:
    """The longer single words and all phrases of several words that the language files read questions by."""
    words: set[str] = set()
    phrases: set[tuple[str, ...]] = set()
    for path in VOCABULARIES:
        for text in texts_in(loaded(path)):
            for phrase in re.split(r"[,|()\[\]]", text):
                parts = words_in(phrase)
                words |= {word for word in parts if len(word) >= 5 and word.isalpha()}
                if len(parts) > 1:
                    phrases.add(tuple(parts))
    return words, phrases


def found_in(parts: list[str], words: set[str], phrases: set[tuple[str, ...]]) -> list[str]:
    """Which of the words and phrases stand in a text of these words."""
    runs = {tuple(parts[start:end]) for start in range(len(parts)) for end in range(start + 2, len(parts) + 1)}
    return sorted(words & set(parts)) + sorted(" ".join(run) for run in runs & phrases)


def test_no_name_of_the_facts_stands_in_the_code() -> None:
    words, phrases = names_of_facts()
    assert {"i8", "e90", "leipzig", "roadster"} <= words
    words -= terms()
    assert {place: names for place, text in literals() if (names := found_in(words_in(text), words, phrases))} == {}


def test_no_word_of_a_language_stands_in_the_code() -> None:
    words, phrases = natural_language()
    assert {"which", "welche"} <= words
    assert ("how", "many") in phrases
    words -= terms() | {word for path in LANGUAGE_FILES for key in keys_in(loaded(path)) for word in words_in(key)}
    texts = [(place, text) for place, text in literals() if text.casefold() not in FOREIGN]
    assert {place: said for place, text in texts if (said := found_in(spoken_in(text), words, phrases))} == {}


@pytest.mark.parametrize(
    "code", ['x = "wie viele"', 'f(r"\\b(how many|x)\\b")', 'y = {"gebaut": 1}', 'z = f"{n} welche"']
)
def test_a_word_in_code_would_be_found(code: str) -> None:
    words, phrases = natural_language()
    (text,) = (str(node.value) for node in literals_of(ast.parse(code)))
    assert found_in(spoken_in(text), words - terms(), phrases)
