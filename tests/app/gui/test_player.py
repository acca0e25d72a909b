"""Playing: the cadence's arithmetic and the player's buttons."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from app.gui.film.clock import Cadence
from app.gui.film.player import Player


@pytest.fixture
def player(qapp: object) -> Player:
    player = Player()
    player.set_cadence(Cadence(4, 50.0, "loop"))
    return player


def test_ping_pong_shows_neither_end_twice() -> None:
    cadence = Cadence(4, 10, "pingpong")
    shown = [cadence.order[cadence.position_after(step / 10)] for step in range(8)]
    assert shown == [0, 1, 2, 3, 2, 1, 0, 1]


def test_a_film_that_plays_once_stays_at_its_last_frame() -> None:
    cadence = Cadence(4, 10, "once")
    assert [cadence.position_after(t) for t in (0, 0.1, 0.35, 5)] == [0, 1, 3, 3]


@given(seconds=st.floats(0, 1000), fps=st.floats(1, 60), start=st.integers(0, 6))
def test_the_next_frame_is_due_exactly_when_the_position_changes(
    seconds: float, fps: float, start: int
) -> None:
    cadence = Cadence(7, fps, "loop")
    wait = cadence.seconds_to_next(seconds)
    assert 0 < wait <= 1 / fps + 1e-6
    before = cadence.position_after(seconds, start)
    assert cadence.position_after(seconds + wait, start) == (before + 1) % 7


def test_a_late_tick_skips_frames_instead_of_slowing_down() -> None:
    cadence = Cadence(7, 10, "loop")
    assert cadence.position_after(0.55) == 5


def test_playing_shows_every_frame_in_order(player: Player, qtbot: QtBot) -> None:
    shown: list[int] = []
    player.frame_changed.connect(shown.append)
    player.play()
    qtbot.waitUntil(lambda: len(shown) >= 6)
    player.pause()
    steps = {(after - before) % 4 for before, after in pairwise(shown)}
    # A busy machine may skip a frame, but never repeats one or goes back.
    assert 0 not in steps
    assert shown[0] != 0


def test_playing_once_stops_at_the_end_and_starts_again(player: Player, qtbot: QtBot) -> None:
    player.set_cadence(Cadence(4, 60.0, "once"))
    with qtbot.waitSignal(player.playing_changed, check_params_cb=lambda playing: not playing):
        player.play()
    assert player.frame == 3
    player.play()
    assert player.frame == 0
    player.pause()


def test_stepping_pauses_and_goes_round_the_ends(player: Player) -> None:
    player.play()
    player.step(-1)
    assert not player.playing
    assert player.frame == 3
    player.step(1)
    assert player.frame == 0


def test_another_loop_style_keeps_the_frame_shown(player: Player) -> None:
    player.show_frame(2)
    player.set_cadence(Cadence(4, 12.0, "pingpong"))
    assert player.frame == 2


def test_without_a_film_nothing_plays(qapp: object) -> None:
    player = Player()
    player.play()
    player.step(1)
    assert not player.playing
    assert player.frame == 0
