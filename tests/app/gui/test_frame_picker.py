"""Opening a clip: a frame is picked, becomes a photo, and its neighbours give the regions."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QStandardPaths, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from app.gui.clips import clip_frames
from app.gui.clips.frame_picker import FramePicker
from app.gui.window import MainWindow
from app.guidance.classes import Direction
from app.guidance.rasterise import rasterise
from app.media import ffmpeg
from app.media.films import write_animation
from tests.app.gui.conftest import PATIENCE_MS
from tests.app.gui.test_intake import drop, files
from tests.video_material import SIZE, blurry_frame, google_xmp, inside_square, with_xmp

FIRST, COUNT = -3, 7
"""Number of the first frame as the material counts them: the square is in the middle at frame 0."""


@pytest.fixture(autouse=True)
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's folder of pictures."""
    folder = tmp_path / "Pictures"
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _place: str(folder))
    return folder / "Unspool"


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clips") / "square.mp4"
    frames = np.stack([blurry_frame(FIRST + n) for n in range(COUNT)])
    write_animation(path, frames, fps=10, loop="once")
    return path


@pytest.fixture
def motion_photo(tmp_path: Path, clip: Path) -> Path:
    """The photo is the clip's fourth frame."""
    path, content, stream = tmp_path / "IMG.jpg", clip.read_bytes(), io.BytesIO()
    Image.fromarray(blurry_frame(0)).save(stream, "JPEG", quality=95)
    path.write_bytes(with_xmp(stream.getvalue(), google_xmp(len(content), 0.3)) + content)
    return path


def picker_of(window: MainWindow, qtbot: QtBot) -> FramePicker:
    qtbot.waitUntil(lambda: window.clips.picker is not None, timeout=PATIENCE_MS)
    picker = window.clips.picker
    assert picker is not None
    qtbot.waitUntil(lambda: picker.open_button.isEnabled(), timeout=PATIENCE_MS)
    return picker


@pytest.fixture
def picker(empty_window: MainWindow, qtbot: QtBot, clip: Path) -> FramePicker:
    empty_window.open_path(clip)
    return picker_of(empty_window, qtbot)


def number_of(pixels: np.ndarray) -> int:
    """Which frame of the clip this is."""
    away = [np.abs(pixels - blurry_frame(FIRST + n).astype(int)).mean() for n in range(COUNT)]
    assert min(away) < 6
    return int(np.argmin(away))


def number_seen(picker: FramePicker) -> int:
    """Which frame of the clip the picker shows."""
    picture = picker.view._item._picture
    assert picture is not None
    return number_of(picture.buffers[0])


def go_to(picker: FramePicker, number: int, qtbot: QtBot) -> None:
    picker.slider.setValue(number)
    qtbot.waitUntil(lambda: picker.shown == number, timeout=PATIENCE_MS)


def regions_show_the_square(window: MainWindow) -> bool:
    painted = rasterise(window.editor.regions, SIZE[1], SIZE[0])
    return bool((painted[inside_square(0)] == Direction.UP_RIGHT).mean() > 0.9)


def test_a_frame_becomes_the_photo_and_its_neighbours_give_regions(
    empty_window: MainWindow, picker: FramePicker, qtbot: QtBot, pictures: Path
) -> None:
    go_to(picker, 3, qtbot)
    assert number_seen(picker) == 3
    with qtbot.waitSignal(empty_window.controller.opened, timeout=PATIENCE_MS):
        QTest.keyClick(picker.slider, Qt.Key.Key_Return)
    document = empty_window.editor.document
    assert document is not None
    assert document.photo.path == pictures / "square frame 4.png"
    assert number_of(document.photo.pixels) == 3
    assert regions_show_the_square(empty_window)
    assert str(document.photo.path) in empty_window.banner.text
    assert empty_window.editor.dirty
    empty_window.actions_by_name["undo"].trigger()
    assert not empty_window.editor.regions
    assert empty_window.clips.picker is None


def test_keys_and_pointer_go_through_the_clip(picker: FramePicker, qtbot: QtBot) -> None:
    def at(number: int) -> bool:
        return picker.shown == picker.slider.value() == number

    QTest.keyClick(picker.slider, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: at(1), timeout=PATIENCE_MS)
    QTest.keyClick(picker.slider, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: at(COUNT - 1), timeout=PATIENCE_MS)
    assert f"Frame {COUNT} of {COUNT}" in picker.place.text()
    assert "0:00.60" in picker.place.text()
    picker.back_button.click()
    qtbot.waitUntil(lambda: at(COUNT - 2), timeout=PATIENCE_MS)
    QTest.mouseClick(picker.strip, Qt.MouseButton.LeftButton, pos=QPoint(2, 10))
    qtbot.waitUntil(lambda: at(0), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: picker.strip.filled == COUNT, timeout=PATIENCE_MS)
    assert not picker.strip.grab().toImage().isNull()


def test_far_apart_wishes_end_with_the_last_one(
    picker: FramePicker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clip_frames, "_BEFORE", 0)
    monkeypatch.setattr(clip_frames, "_AFTER", 1)
    monkeypatch.setattr(clip_frames, "_KEPT", 2)
    for number in (6, 2, 5, 1, 4):
        picker.slider.setValue(number)
        qtbot.wait(1)
    qtbot.waitUntil(lambda: picker.shown == 4, timeout=PATIENCE_MS)
    assert number_seen(picker) == 4
    assert picker.open_button.isEnabled()


def test_without_guidance_the_frame_comes_alone(
    empty_window: MainWindow, picker: FramePicker, qtbot: QtBot
) -> None:
    picker.guided.setChecked(False)
    with qtbot.waitSignal(empty_window.controller.opened, timeout=PATIENCE_MS):
        picker.open_button.click()
    assert not empty_window.editor.regions
    assert not empty_window.editor.dirty


def test_a_frame_that_was_kept_opens_with_its_work_again(
    open_photo: Callable[[Path], MainWindow], empty_window: MainWindow, clip: Path, qtbot: QtBot,
    pictures: Path,
) -> None:  # fmt: skip
    for _ in range(2):
        empty_window.open_path(clip)
        picker = picker_of(empty_window, qtbot)
        go_to(picker, 3, qtbot)
        with qtbot.waitSignal(empty_window.controller.opened, timeout=PATIENCE_MS):
            picker.open_button.click()
        if len(empty_window.editor.regions) != 0 and empty_window.editor.dirty:
            empty_window.editor.set_direction(Direction.DOWN_LEFT)
            empty_window.editor.select(0)
            empty_window.editor.set_direction(Direction.DOWN_LEFT)
            assert empty_window.files.save(quiet=True)
    assert [path.name for path in pictures.glob("*.png")] == ["square frame 4.png"]
    assert empty_window.editor.regions[0].direction == Direction.DOWN_LEFT
    assert not empty_window.editor.dirty


def test_a_dropped_clip_opens_the_picker_and_giving_up_changes_nothing(
    window: MainWindow, qtbot: QtBot, clip: Path, pictures: Path
) -> None:
    before = window.editor.document
    assert drop(window, files(clip))
    picker = picker_of(window, qtbot)
    QTest.keyClick(picker, Qt.Key.Key_Escape)
    assert window.clips.picker is None
    assert window.editor.document is before
    assert not pictures.exists()


def test_unsaved_work_is_asked_about_once_a_frame_is_picked(
    square: MainWindow, qtbot: QtBot, clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Discard]
    monkeypatch.setattr(QMessageBox, "question", lambda *_args: answers.pop(0))
    square.open_path(clip)
    picker = picker_of(square, qtbot)
    assert len(answers) == 2
    picker.open_button.click()
    assert square.clips.picker is picker
    with qtbot.waitSignal(square.controller.opened, timeout=PATIENCE_MS):
        picker.open_button.click()
    assert square.editor.document is not None
    assert square.editor.document.name == "square frame 1.png"


def test_what_is_no_usable_clip_is_one_sentence(
    empty_window: MainWindow, qtbot: QtBot, clip: Path, tmp_path: Path
) -> None:
    song = tmp_path / "song.mp4"
    tone = ["-f", "lavfi", "-i", "sine=duration=0.2", str(song)]
    subprocess.run([ffmpeg.executable(), "-loglevel", "error", *tone], check=True)
    (tmp_path / "empty.mov").write_bytes(b"")
    (tmp_path / "words.gif").write_text("no clip at all")
    (tmp_path / "cut.mp4").write_bytes(clip.read_bytes()[:600])
    expected = {
        "song.mp4": "only sound",
        "empty.mov": "empty",
        "words.gif": "not a clip",
        "cut.mp4": "damaged",
        "gone.webm": "no such file",
    }
    for name, words in expected.items():
        with qtbot.waitSignal(empty_window.controller.failed, timeout=PATIENCE_MS):
            empty_window.open_path(tmp_path / name)
        assert words in empty_window.banner.text
        assert name in empty_window.banner.text
    assert empty_window.clips.picker is None


def test_damage_within_a_clip_is_told_and_the_rest_can_be_used(
    empty_window: MainWindow, qtbot: QtBot, clip: Path, tmp_path: Path
) -> None:
    torn = tmp_path / "torn.mkv"
    command = [ffmpeg.executable(), "-loglevel", "error", "-i", str(clip)]
    subprocess.run([*command, "-c:v", "mpeg4", "-g", "1", "-q:v", "3", str(torn)], check=True)
    content = bytearray(torn.read_bytes())
    content[len(content) * 3 // 4 : -400] = bytes(len(content) - 400 - len(content) * 3 // 4)
    torn.write_bytes(content)
    empty_window.open_path(torn)
    picker = picker_of(empty_window, qtbot)
    picker.slider.setValue(picker.slider.maximum())
    qtbot.waitUntil(lambda: not picker.message.isHidden() or picker.open_button.isEnabled())
    go_to(picker, 1, qtbot)
    assert picker.message.isHidden()
    assert picker.open_button.isEnabled()


def test_nothing_that_moves_is_said(empty_window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    still = tmp_path / "still.gif"
    frame = Image.fromarray(blurry_frame(0))
    frame.save(still)
    empty_window.open_path(still)
    picker = picker_of(empty_window, qtbot)
    with qtbot.waitSignal(empty_window.controller.opened, timeout=PATIENCE_MS):
        picker.open_button.click()
    assert "single frame" in empty_window.banner.text
    assert not empty_window.editor.regions


def test_a_motion_photo_offers_the_guidance_of_its_own_clip(
    empty_window: MainWindow, qtbot: QtBot, motion_photo: Path, photo: Path
) -> None:
    window = empty_window
    own, another = (window.actions_by_name[name] for name in ("own_clip", "own_frame"))
    assert not own.isEnabled()
    with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
        window.open_path(motion_photo)
    assert "holds a short clip" in window.banner.text
    assert own.isEnabled()
    assert another.isEnabled()
    window.banner.buttons[0].click()
    qtbot.waitUntil(lambda: bool(window.editor.regions), timeout=PATIENCE_MS)
    assert not window.banner.text
    assert regions_show_the_square(window)
    assert window.editor.stack.undoText() == "Guidance from the clip"
    window.actions_by_name["undo"].trigger()
    with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
        window.open_path(photo)
    assert not own.isEnabled()
    assert not another.isEnabled()


def test_another_frame_of_a_motion_photo_can_be_picked(
    empty_window: MainWindow, qtbot: QtBot, motion_photo: Path, pictures: Path
) -> None:
    window = empty_window
    with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
        window.open_path(motion_photo)
    window.actions_by_name["own_frame"].trigger()
    picker = picker_of(window, qtbot)
    assert picker.slider.value() == 3
    picker.step(1)
    qtbot.waitUntil(lambda: picker.open_button.isEnabled(), timeout=PATIENCE_MS)
    with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
        picker.open_button.click()
    assert window.editor.document is not None
    assert window.editor.document.photo.path == pictures / "IMG frame 5.png"
    assert window.editor.regions


def test_closing_the_window_ends_the_picker(picker: FramePicker, empty_window: MainWindow) -> None:
    picker.slider.setValue(COUNT - 1)
    empty_window.close()
    assert empty_window.clips.picker is None
    assert not picker.frames._worker.isRunning()
    assert not picker.frames._strip_worker.isRunning()
