"""Thumbnails in a folder's list: made for what is on the screen, kept, and made anew when stale."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.gui.folder import thumbnails as module
from app.gui.folder.thumbnails import THUMBNAIL_EDGE, Thumbnails
from app.gui.window import MainWindow
from app.gui.worker import Worker
from app.media.small_photos import read_small

RED, BLUE = (0, 0, 255), (255, 0, 0)


def write(path: Path, bgr: tuple[int, int, int] = RED, size: tuple[int, int] = (300, 200)) -> Path:
    width, height = size
    cv2.imwrite(str(path), np.full((height, width, 3), bgr, np.uint8))
    return path


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The photos that were really read, in order."""
    read: list[Path] = []

    def watched(path: Path, least_side: int) -> object:
        read.append(path)
        return read_small(path, least_side)

    monkeypatch.setattr("app.media.small_photos.read_small", watched)
    return read


@pytest.fixture
def worker(qapp: QApplication) -> Iterator[Worker]:
    worker = Worker("pictures")
    yield worker
    worker.stop()


def test_a_picture_is_made_once_and_anew_when_its_file_has_changed(
    qtbot: QtBot, tmp_path: Path, worker: Worker, made: list[Path]
) -> None:
    photo = write(tmp_path / "a.jpg")
    thumbnails = Thumbnails(worker)

    def colour() -> tuple[int, int] | None:
        picture = thumbnails.of(photo)
        if picture is None:
            return None
        assert max(picture.width(), picture.height()) == 2 * THUMBNAIL_EDGE
        pixel = picture.toImage().pixelColor(5, 5)
        return round(pixel.red() / 255), round(pixel.blue() / 255)

    assert colour() is None
    thumbnails.ask_for(photo)
    thumbnails.ask_for(photo)
    qtbot.waitUntil(lambda: colour() == (1, 0))
    thumbnails.look_again()
    with qtbot.waitSignal(worker.finished_job):
        thumbnails.ask_for(photo)
    assert made == [photo]
    write(photo, BLUE)
    os.utime(photo, ns=(1, 1))
    thumbnails.ask_for(photo)
    assert colour() == (1, 0)
    thumbnails.look_again()
    thumbnails.ask_for(photo)
    qtbot.waitUntil(lambda: colour() == (0, 1))
    assert made == [photo, photo]


def test_what_cannot_be_read_has_no_picture_and_stops_nothing(
    qtbot: QtBot, tmp_path: Path, worker: Worker
) -> None:
    broken, gone = tmp_path / "broken.png", tmp_path / "gone.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n")
    sound = write(tmp_path / "sound.png")
    thumbnails = Thumbnails(worker)
    for photo in (sound, gone, broken):
        thumbnails.ask_for(photo)
    qtbot.waitUntil(lambda: thumbnails.of(sound) is not None)
    assert thumbnails.of(broken) is None
    assert thumbnails.of(gone) is None


def test_only_rows_on_the_screen_are_made_the_newest_first_and_the_list_is_there_at_once(
    qtbot: QtBot, tmp_path: Path, empty_window: MainWindow, made: list[Path]
) -> None:
    first = write(tmp_path / "0000.png", size=(60, 40))
    for number in range(1, 400):
        os.link(first, tmp_path / f"{number:04d}.png")
    with qtbot.waitSignal(empty_window.controller.opened, timeout=60_000):
        empty_window.open_path(tmp_path)
    dock = empty_window.folder_dock
    assert dock.list.count() == 400
    qtbot.waitUntil(lambda: dock.thumbnails.of(tmp_path / "0001.png") is not None)
    dock.list.scrollToBottom()
    qtbot.waitUntil(lambda: dock.thumbnails.of(tmp_path / "0399.png") is not None)
    assert dock.thumbnails.of(tmp_path / "0200.png") is None
    assert len(made) < 100


def test_the_longest_ago_seen_go_when_there_are_too_many(
    qtbot: QtBot, tmp_path: Path, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST_KEPT", 2)
    photos = [write(tmp_path / f"{number}.png") for number in range(3)]
    thumbnails = Thumbnails(worker)
    for photo in photos:
        thumbnails.ask_for(photo)
        qtbot.waitUntil(lambda photo=photo: thumbnails.of(photo) is not None)  # type: ignore[misc]
    assert thumbnails.of(photos[0]) is None
    thumbnails.ask_for(photos[0])
    qtbot.waitUntil(lambda: thumbnails.of(photos[0]) is not None)
