"""``werkbot doctor``, driven as a shell drives it."""

from __future__ import annotations

import json
import os
import sqlite3

import pytest

from bot.doctor import is_token, misspelt, store_trouble
from bot.store.database import Store
from bot.store.migrations import MIGRATIONS

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4OQ.GabcDE.abcdefghijklmnopqrstuvwxyz0123456789AB"
SECRET = "Bot-abcdefghijklmnopqrstuvwxyz01"


def findings(result, level):
    return [each for each in json.loads(result.stdout)["findings"] if each["level"] == level]


def test_a_new_installation_is_well_and_nothing_is_made(werkbot, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    result = werkbot("doctor")
    assert result.returncode == 0, result.stdout
    assert "The bot can start" in result.stderr
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("command", [("doctor",), ("doctor", "--json"), ("doctor", "--language", "de")])
@pytest.mark.parametrize(("token", "status"), [(TOKEN, 0), (SECRET, 1), (f"Bot {TOKEN}", 1)])
def test_the_shape_of_the_token_is_looked_at_and_it_is_never_shown(werkbot, command, token, status):
    result = werkbot(*command, DISCORD_TOKEN=token)
    assert result.returncode == status
    assert token not in result.stdout + result.stderr
    assert "DISCORD_TOKEN" in result.stdout


def test_every_wrong_setting_is_named_and_the_rest_is_looked_at_all_the_same(werkbot, tmp_path):
    (tmp_path / "works.yaml").write_text("plant: soon\n", encoding="utf-8")
    result = werkbot("doctor", "--json", LOG_LEVEL="loud", PREVIEW_PORT="-1", KNOWLEDGE_FILE="works.yaml")
    assert result.returncode == 1
    said = findings(result, "problem")
    assert sum("LOG_LEVEL" in each["message"] or "PREVIEW_PORT" in each["message"] for each in said) == 2
    assert any(each["check"] == "knowledge" and "works.yaml: 1:8" in each["message"] for each in said)
    assert all(each["advice"] for each in said)


def test_a_misspelt_name_in_the_file_is_found(werkbot, tmp_path):
    (tmp_path / ".env").write_text("DISCORD_TOKN=\nKNOWLEDGE_FILES=\n", encoding="utf-8")
    (problem, other) = findings(werkbot("doctor", "--json"), "problem")
    assert ("DISCORD_TOKN" in problem["message"], "DISCORD_TOKEN" in problem["advice"]) == (True, True)
    assert "KNOWLEDGE_FILE" in other["advice"]


@pytest.mark.parametrize("name", ["discord_token", "LANGUAGE", "PATH", "HISTFILE", "LOGNAME", "HOME", "LC_ALL", "TERM"])
def test_names_that_are_none_of_ours_are_left_alone(name):
    assert misspelt({name: ""}) == {}


def test_a_store_that_cannot_be_used_is_a_problem(werkbot, tmp_path):
    (tmp_path / "store").write_bytes(b"this is no database, it is a text" * 40)
    (problem,) = findings(werkbot("doctor", "--json", STORE_FILE="store"), "problem")
    assert problem["check"] == "store"
    assert "STORE_FILE" in problem["advice"]


def test_a_store_of_a_later_program_is_a_problem(tmp_path):
    with sqlite3.connect(tmp_path / "store") as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    assert "schema version" in str(store_trouble(tmp_path / "store"))


def test_a_store_that_is_in_order_is_left_as_it_is(tmp_path):
    with Store(tmp_path / "store").transaction():
        pass
    assert store_trouble(tmp_path / "store") is None


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_to_is_told(tmp_path):
    tmp_path.chmod(0o500)
    assert store_trouble(tmp_path / "a" / "store") is not None


def test_a_health_file_without_a_folder_is_a_problem(werkbot):
    (problem,) = findings(werkbot("doctor", "--json", HEALTH_FILE="no/health"), "problem")
    assert problem["check"] == "health"


def test_watching_nothing_is_a_warning(werkbot):
    result = werkbot("doctor", "--json", KNOWLEDGE_WATCH="true")
    assert result.returncode == 0
    (warning,) = findings(result, "warning")
    assert "KNOWLEDGE_WATCH" in warning["message"]


def test_it_speaks_german(werkbot):
    assert "Der Bot kann starten" in werkbot("doctor", "--language", "de").stderr


@pytest.mark.parametrize("text", ["", "x", "a.b.c", SECRET, "YWJjZGVmZ2hpamtsbW5vcHFyc3Q.GabcDE." + "x" * 38])
def test_what_is_no_token(text):
    assert not is_token(text)
