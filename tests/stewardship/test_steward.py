"""Changing the knowledge file: what is kept, what is refused, and what becomes of a file that was spoilt."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.languages import languages
from bot.stewardship.files import locked, replace
from bot.stewardship.obstacles import Obstacle, ObstacleError
from bot.stewardship.steward import BY_HAND, START, Steward
from bot.stewardship.wording import Style, obstacle_text
from bot.store import versions
from bot.store.database import Store
from bot.store.versions import Actor, Cause, Summary
from knowledge.changes import Changed
from knowledge.problems import KnowledgeError

Facts = Callable[[int], bytes]

ANN, BEN = Actor("1", "7/8"), Actor("2", "7/8")
BROKEN = b"plant: {name: Small Works}\nas_of: soon\n"


def refused(error: pytest.ExceptionInfo[ObstacleError]) -> Obstacle:
    """What stood in the way."""
    return error.value.obstacle


def quantities(steward: Steward) -> list[tuple[int, Cause, Actor, bool]]:
    """The history, the latest first."""
    return [(each.number, each.cause, each.actor, each.valid) for each in steward.history()[1]]


# -- what is kept ---------------------------------------------------------------------------------------------------


def test_a_change_is_shown_then_written_then_recorded(steward: Steward, file: Path, facts: Facts) -> None:
    live = steward.open().snapshot
    proposal = steward.propose(facts(2), live)
    (change,) = proposal.changes
    assert isinstance(change, Changed)
    assert (change.attribute, change.before, change.after) == ("quantity", 1, 2)
    assert file.read_bytes() == facts(1)
    assert steward.publish(proposal, ANN) == 2
    assert file.read_bytes() == facts(2)
    _, (latest, first) = steward.history()
    assert (latest.actor, latest.cause, latest.sha256) == (ANN, Cause.UPLOAD, proposal.snapshot.sha256)
    assert latest.summary.count == 1
    assert latest.summary.lines is not None
    assert latest.summary.lines["de"] == ("Engine (KX7): Stückzahl 1 → 2",)
    assert (first.actor, first.cause) == (START, Cause.FOUND)


def test_every_version_comes_back_to_the_byte(steward: Steward, file: Path, facts: Facts) -> None:
    for quantity in (2, 3):
        steward.publish(steward.propose(facts(quantity), steward.open().snapshot), ANN)
    steward.publish(steward.restore(1, steward.open().snapshot), BEN)
    assert file.read_bytes() == facts(1)
    assert [steward.version(number)[1] for number in (1, 2, 3, 4)] == [facts(1), facts(2), facts(3), facts(1)]
    _, (latest, *_) = steward.history()
    assert (latest.cause, latest.restored, latest.actor) == (Cause.ROLLBACK, 1, BEN)


def test_an_edit_by_hand_becomes_a_version_when_it_is_read(steward: Steward, file: Path, facts: Facts) -> None:
    steward.open()
    file.write_bytes(facts(2))
    steward.read(ANN)
    steward.read(BEN)
    assert quantities(steward) == [(2, Cause.FOUND, ANN, True), (1, Cause.FOUND, START, True)]


def test_an_edit_with_mistakes_is_kept_when_it_is_replaced(steward: Steward, file: Path, facts: Facts) -> None:
    live = steward.open().snapshot
    file.write_bytes(BROKEN)
    proposal = steward.propose(facts(2), live)
    assert proposal.overwrites
    steward.publish(proposal, ANN)
    assert quantities(steward)[:2] == [(3, Cause.UPLOAD, ANN, True), (2, Cause.FOUND, BY_HAND, False)]
    assert steward.version(2)[1] == BROKEN
    with pytest.raises(KnowledgeError):
        steward.restore(2, steward.open().snapshot)


def test_each_file_has_versions_of_its_own(store: Store, tmp_path: Path, facts: Facts) -> None:
    stewards = [Steward(tmp_path / name, store) for name in ("a.yaml", "b.yaml")]
    for number, steward in enumerate(stewards, 1):
        (tmp_path / f"{'ab'[number - 1]}.yaml").write_bytes(facts(number))
        steward.open()
    assert [steward.version(1)[1] for steward in stewards] == [facts(1), facts(2)]


def test_who_may_read_the_file_stays_as_it_was(steward: Steward, file: Path, facts: Facts) -> None:
    file.chmod(0o640)
    steward.publish(steward.propose(facts(2), steward.open().snapshot), ANN)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_link_stays_a_link(steward: Steward, file: Path, store: Store, facts: Facts, tmp_path: Path) -> None:
    link = tmp_path / "link.yaml"
    link.symlink_to(file)
    linked = Steward(link, store)
    linked.publish(linked.propose(facts(2), linked.open().snapshot), ANN)
    assert link.is_symlink()
    assert file.read_bytes() == facts(2)


# -- what is refused ------------------------------------------------------------------------------------------------


def test_the_second_of_two_is_told_that_the_ground_has_moved(steward: Steward, file: Path, facts: Facts) -> None:
    live = steward.open().snapshot
    first, second = steward.propose(facts(2), live), steward.propose(facts(3), live)
    steward.publish(first, ANN)
    with pytest.raises(ObstacleError) as error:
        steward.publish(second, BEN)
    assert refused(error) is Obstacle.MOVED
    assert file.read_bytes() == facts(2)


def test_an_edit_by_hand_moves_the_ground_too(steward: Steward, file: Path, facts: Facts) -> None:
    proposal = steward.propose(facts(2), steward.open().snapshot)
    file.write_bytes(facts(5))
    with pytest.raises(ObstacleError) as error:
        steward.publish(proposal, ANN)
    assert refused(error) is Obstacle.MOVED
    assert file.read_bytes() == facts(5)


def test_what_was_edited_and_not_read_yet_is_read_first(steward: Steward, file: Path, facts: Facts) -> None:
    live = steward.open().snapshot
    file.write_bytes(facts(5))
    with pytest.raises(ObstacleError) as error:
        steward.propose(facts(2), live)
    assert refused(error) is Obstacle.RELOAD_FIRST


def test_the_same_file_is_no_change(steward: Steward, facts: Facts) -> None:
    with pytest.raises(ObstacleError) as error:
        steward.propose(facts(1), steward.open().snapshot)
    assert refused(error) is Obstacle.SAME


def test_a_file_with_mistakes_is_no_change(steward: Steward) -> None:
    with pytest.raises(KnowledgeError):
        steward.propose(BROKEN, steward.open().snapshot)


def test_the_facts_that_ship_are_not_replaced(store: Store, facts: Facts) -> None:
    steward = Steward(None, store)
    live = steward.open().snapshot
    for attempt in (lambda: steward.propose(facts(2), live), lambda: steward.restore(1, live)):
        with pytest.raises(ObstacleError) as error:
            attempt()
        assert refused(error) is Obstacle.NO_FILE
    assert steward.live(live)


def test_a_file_that_somebody_else_is_writing(
    steward: Steward, file: Path, facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.stewardship.files.LOCK_SECONDS", 0)
    proposal = steward.propose(facts(2), steward.open().snapshot)
    with locked(file), pytest.raises(ObstacleError) as error:
        steward.publish(proposal, ANN)
    assert refused(error) is Obstacle.BUSY
    # Reading harms nobody.
    with locked(file):
        assert steward.read(ANN).sha256 == proposal.base


def test_who_reads_without_the_lock_leaves_what_is_written_to_its_writer(
    steward: Steward, file: Path, store: Store, facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.stewardship.files.LOCK_SECONDS", 0)
    steward.open()
    with locked(file):
        with store.transaction() as connection:
            versions.add(
                connection,
                str(file),
                facts(2),
                ANN,
                cause=Cause.UPLOAD,
                valid=True,
                summary=Summary(),
                pending=True,
            )
        steward.read(BEN)
        replace(file, facts(2))
    steward.read(BEN)
    assert quantities(steward)[0] == (2, Cause.UPLOAD, ANN, True)


@pytest.mark.parametrize("length", [244, 252])
def test_what_the_system_does_not_let_be_written(store: Store, tmp_path: Path, facts: Facts, length: int) -> None:
    """A name that leaves no room for the name of a temporary file, or even for that of the lock."""
    file = tmp_path / ("x" * length)
    file.write_bytes(facts(1))
    steward = Steward(file, store)
    proposal = steward.propose(facts(2), steward.open().snapshot)
    with pytest.raises(ObstacleError) as error:
        steward.publish(proposal, ANN)
    assert refused(error) is Obstacle.UNWRITABLE
    assert file.read_bytes() == facts(1)
    assert steward.open().snapshot.sha256 == proposal.base
    assert quantities(steward) == [(1, Cause.FOUND, START, True)]


def test_a_folder_that_is_gone(steward: Steward, file: Path, facts: Facts) -> None:
    live = steward.open().snapshot
    file.unlink()
    proposal = steward.propose(facts(2), live)
    for left in file.parent.iterdir():
        left.unlink()
    file.parent.rmdir()
    with pytest.raises(ObstacleError) as error:
        steward.publish(proposal, ANN)
    assert refused(error) is Obstacle.UNWRITABLE
    assert not file.parent.exists()


def test_what_could_not_be_kept_is_not_replaced(steward: Steward, file: Path, facts: Facts) -> None:
    live = steward.open().snapshot
    file.unlink()
    file.mkdir()
    with pytest.raises(ObstacleError) as error:
        steward.propose(facts(2), live)
    assert refused(error) is Obstacle.UNKEEPABLE


def test_a_version_that_there_is_not(steward: Steward) -> None:
    steward.open()
    with pytest.raises(ObstacleError) as error:
        steward.version(9)
    assert refused(error) is Obstacle.NO_VERSION


def test_without_a_store_nothing_is_replaced_but_everything_is_read(
    steward: Steward, file: Path, store: Store, facts: Facts, caplog: pytest.LogCaptureFixture
) -> None:
    store.path.parent.mkdir()
    store.path.write_bytes(b"this is no database, but somebody's letter " * 100)
    letter = store.path.read_bytes()
    live = steward.open().snapshot
    assert "cannot be used" in caplog.text
    with pytest.raises(ObstacleError) as error:
        steward.publish(steward.propose(facts(2), live), ANN)
    assert refused(error) is Obstacle.STORE
    assert file.read_bytes() == facts(1)
    assert store.path.read_bytes() == letter


# -- a spoilt file at the start -------------------------------------------------------------------------------------


@pytest.mark.parametrize("spoil", [lambda file: file.write_bytes(BROKEN), lambda file: file.unlink()])
def test_a_bad_file_at_the_start_falls_back_to_the_last_good_version(
    steward: Steward, file: Path, facts: Facts, caplog: pytest.LogCaptureFixture, spoil: Callable[[Path], None]
) -> None:
    live = steward.open().snapshot
    steward.publish(steward.propose(facts(2), live), ANN)
    spoil(file)
    opened = steward.open()
    assert opened.fallback == 2
    assert opened.problems
    assert opened.snapshot.knowledge.models[0].quantity == 2
    assert any(record.levelname == "CRITICAL" and "version 2" in record.getMessage() for record in caplog.records)
    assert steward.live(opened.snapshot) == facts(2)
    # And the way out of it: the last good version is written again.
    steward.publish(steward.restore(2, opened.snapshot), ANN)
    assert file.read_bytes() == facts(2)


def test_without_a_good_version_a_bad_file_is_an_error(steward: Steward, file: Path) -> None:
    file.write_bytes(BROKEN)
    with pytest.raises(KnowledgeError):
        steward.open()


# -- proposals ------------------------------------------------------------------------------------------------------


def test_a_proposal_outlives_a_restart_and_is_carried_out_once(
    steward: Steward, file: Path, store: Store, facts: Facts
) -> None:
    live = steward.open().snapshot
    token = steward.keep(steward.propose(facts(2), live), ANN)
    again = Steward(file, store)
    again.publish(again.kept(token, ANN, live), ANN, token)
    assert file.read_bytes() == facts(2)
    with pytest.raises(ObstacleError) as error:
        again.kept(token, ANN, live)
    assert refused(error) is Obstacle.GONE


def test_a_proposal_is_for_who_made_it(steward: Steward, facts: Facts) -> None:
    live = steward.open().snapshot
    token = steward.keep(steward.propose(facts(2), live), ANN)
    with pytest.raises(ObstacleError) as error:
        steward.kept(token, BEN, live)
    assert refused(error) is Obstacle.STRANGER


def test_a_proposal_expires(steward: Steward, store: Store, facts: Facts) -> None:
    live = steward.open().snapshot
    token = steward.keep(steward.propose(facts(2), live), ANN)
    with store.transaction() as connection:
        connection.execute("UPDATE proposals SET at = strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now', '-16 minutes')")
    with pytest.raises(ObstacleError) as error:
        steward.kept(token, ANN, live)
    assert refused(error) is Obstacle.EXPIRED


@pytest.mark.parametrize("code", sorted(languages()))
@pytest.mark.parametrize("obstacle", Obstacle)
def test_every_obstacle_has_a_sentence_in_every_language(code: str, obstacle: Obstacle) -> None:
    style = Style(languages()[code], str, str, str)
    values = {"file": "works.yaml", "reason": "no room", "store": "store", "number": 3}
    assert obstacle_text(ObstacleError(obstacle, **values), style)
