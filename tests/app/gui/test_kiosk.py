"""The demo booth as a visitor uses it: real pages, real touches, a small real network."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from app.checkpoints import save_checkpoint
from app.errors import InputError
from app.gui.drawing.pyramid import Pyramid
from app.gui.kiosk import camera
from app.gui.kiosk.application import main
from app.gui.kiosk.pages import TOUCH
from app.gui.kiosk.screen import Screen
from app.gui.kiosk.settings import KioskSettings
from app.gui.kiosk.visit import direction_of, find_swiped
from app.gui.kiosk.window import KioskWindow
from app.guidance.classes import Direction
from app.media.film_reading import read_animation
from app.media.small_photos import read_small
from models.decomposer import Decomposer, DecomposerConfig
from tests.app.gui.conftest import PATIENCE_MS

Left = Qt.MouseButton.LeftButton
WIDTH, HEIGHT = 160, 120


@pytest.fixture(scope="session")
def booth_weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.manual_seed(1)
    config = DecomposerConfig(
        widths=(8, 8), encoder_blocks=(1,), middle_blocks=1, decoder_blocks=(1,)
    )
    network = Decomposer(config)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(0.1 * torch.randn_like(parameter))
    path = tmp_path_factory.mktemp("weights") / "small.safetensors"
    save_checkpoint(path, network)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two photos of a bright disc on a dark ground, and a file that is no photo."""
    path = tmp_path / "booth"
    path.mkdir()
    for number in (1, 2):
        picture = np.full((HEIGHT, WIDTH, 3), 30, np.uint8)
        cv2.circle(picture, (80, 60), 22, (40, 90, 220), -1)
        cv2.imwrite(str(path / f"photo{number}.png"), cv2.GaussianBlur(picture, (5, 5), 0))
    (path / "broken.png").write_bytes(b"no picture")
    return path


@pytest.fixture
def open_booth(
    qtbot: QtBot, qapp: QApplication
) -> Iterator[Callable[[KioskSettings], KioskWindow]]:
    booths = []

    def opened(settings: KioskSettings) -> KioskWindow:
        window = KioskWindow(settings)
        window.resize(900, 700)
        window.show()
        booths.append(window)
        return window

    yield opened
    for window in booths:
        window.release()
        for screen in (window.attract.screen_, window.watch.screen_):
            screen.player.pause()
        window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def booth(
    open_booth: Callable[[KioskSettings], KioskWindow],
    folder: Path,
    booth_weights: Path,
    tmp_path: Path,
) -> KioskWindow:
    out = tmp_path / "kept"
    out.mkdir()
    return open_booth(KioskSettings(folder=folder, out=out, weights=str(booth_weights)))


def wait_for(qtbot: QtBot, window: KioskWindow, page: object) -> None:
    qtbot.waitUntil(lambda: window.pages.currentWidget() is page, timeout=PATIENCE_MS)


def pick_first(qtbot: QtBot, window: KioskWindow) -> None:
    QTest.mouseClick(window.attract, Left)
    wait_for(qtbot, window, window.pick)
    item = window.pick.list.item(0)
    place = window.pick.list.visualItemRect(item).center()
    QTest.mouseClick(window.pick.list.viewport(), Left, pos=place)
    wait_for(qtbot, window, window.swipe)


def swipe(window: KioskWindow, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag a finger between two photo points."""
    screen = window.swipe.screen_
    place = screen.place()

    def at(x: float, y: float) -> QPoint:
        across, down = x / WIDTH * place.width(), y / HEIGHT * place.height()
        return (place.topLeft() + QPointF(across, down)).toPoint()

    QTest.mousePress(screen, Left, pos=at(*start))
    for share in (0.25, 0.5, 0.75, 1.0):
        x, y = (a + (b - a) * share for a, b in zip(start, end, strict=True))
        QTest.mouseMove(screen, at(x, y))
    QTest.mouseRelease(screen, Left, pos=at(*end))


def swipe_disc(qtbot: QtBot, window: KioskWindow) -> None:
    swipe(window, (68, 66), (92, 54))
    qtbot.waitUntil(
        lambda: window.visit is not None and bool(window.visit.swipes), timeout=PATIENCE_MS
    )


def test_a_visitor_picks_swipes_watches_and_keeps_the_film(
    booth: KioskWindow, qtbot: QtBot
) -> None:
    assert booth.pages.currentWidget() is booth.attract
    pick_first(qtbot, booth)
    assert booth.pick.list.count() == 2, "a broken photo is not offered"
    assert not booth.swipe.animate_button.isEnabled()
    swipe_disc(qtbot, booth)
    assert booth.visit is not None
    assert {region.direction for region in booth.visit.regions} == {Direction.UP_RIGHT}

    booth.swipe.animate_button.click()
    wait_for(qtbot, booth, booth.watch)
    assert booth.watch.screen_.player.playing
    film = booth.watch.screen_.picture
    qtbot.mousePress(booth.watch.compare_button, Left)
    assert booth.watch.screen_.picture is booth.visit.picture
    qtbot.mouseRelease(booth.watch.compare_button, Left)
    assert film is not None
    assert booth.watch.screen_.picture is not booth.visit.picture

    booth.watch.keep_button.click()
    out = booth.settings.out
    assert out is not None
    qtbot.waitUntil(lambda: bool([*out.glob("*.mp4")]), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: ".mp4" in booth.watch.hint.text(), timeout=PATIENCE_MS)
    (kept,) = out.glob("*.mp4")
    assert kept.name in booth.watch.hint.text()
    frames = read_animation(kept)[0]
    assert frames.shape[1:3] == (HEIGHT, WIDTH)
    assert len(frames) / 12 >= 4, "short films go round until they are long enough to show"

    booth.watch.done_button.click()
    assert booth.pages.currentWidget() is booth.attract
    assert booth.visit is None
    assert booth.swipe.screen_.picture is None
    assert booth.watch.screen_.picture is None


def test_the_booth_writes_nothing_beside_the_photos(
    booth: KioskWindow, qtbot: QtBot, folder: Path, own_home: Path
) -> None:
    before = sorted(folder.iterdir())
    pick_first(qtbot, booth)
    swipe_disc(qtbot, booth)
    booth.start_over()
    assert sorted(folder.iterdir()) == before
    assert not [p for p in own_home.rglob("*") if "recover" in str(p)]


def test_a_swipe_can_be_taken_back_and_a_tap_is_explained(booth: KioskWindow, qtbot: QtBot) -> None:
    pick_first(qtbot, booth)
    swipe_disc(qtbot, booth)
    booth.swipe.undo_button.click()
    assert booth.visit is not None
    assert not booth.visit.swipes
    assert not booth.swipe.animate_button.isEnabled()
    swipe(booth, (80, 60), (81, 60))
    qtbot.waitUntil(lambda: "tap" in booth.swipe.hint.text(), timeout=PATIENCE_MS)
    assert not booth.visit.swipes


def test_where_the_camera_moved_one_swipe_moves_the_whole_photo(
    booth: KioskWindow, qtbot: QtBot
) -> None:
    pick_first(qtbot, booth)
    booth.swipe.everything_button.click()
    swipe(booth, (20, 20), (60, 60))
    qtbot.waitUntil(
        lambda: booth.visit is not None and bool(booth.visit.swipes), timeout=PATIENCE_MS
    )
    assert booth.visit is not None
    (region,) = booth.visit.regions
    assert region.direction == Direction.DOWN_RIGHT
    assert region.rings == (((0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)),)
    assert not booth.swipe.everything_button.isChecked()


def test_without_a_touch_the_visitor_is_forgotten(booth: KioskWindow, qtbot: QtBot) -> None:
    pick_first(qtbot, booth)
    assert booth.idle.isActive()
    booth.idle.setInterval(400)
    # Touches keep the visitor: each starts the time again.
    for _ in range(4):
        qtbot.wait(150)
        QTest.mouseClick(booth.swipe.screen_, Left)
        assert booth.pages.currentWidget() is booth.swipe
    wait_for(qtbot, booth, booth.attract)
    assert booth.visit is None
    assert not booth.idle.isActive()


def test_only_the_key_chord_closes_the_booth(booth: KioskWindow, qtbot: QtBot) -> None:
    booth.close()
    assert booth.isVisible()
    QTest.keyClick(booth, Qt.Key.Key_Escape)
    QTest.keyClick(booth, Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier)
    assert booth.isVisible()
    assert booth.quit_shortcut.key().toString() == "Ctrl+Alt+Shift+Q"
    booth.quit_shortcut.activated.emit()
    assert not booth.isVisible()
    assert not booth.worker.isRunning()


def test_the_next_visitor_need_not_wait_for_photos_that_are_known(
    booth: KioskWindow, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def watched(path: Path, least_side: int) -> object:
        read.append(path.name)
        return read_small(path, least_side)

    monkeypatch.setattr("app.media.small_photos.read_small", watched)

    def visit() -> list[str]:
        read.clear()
        booth.start_over()
        booth.begin()
        qtbot.waitUntil(lambda: booth.pages.currentWidget() is booth.pick, timeout=PATIENCE_MS)
        assert booth.pick.list.count() == 2
        return sorted(read)

    assert visit() == ["broken.png", "photo1.png", "photo2.png"]
    assert visit() == ["broken.png"]
    cv2.imwrite(str(folder / "photo2.png"), np.zeros((HEIGHT + 8, WIDTH, 3), np.uint8))
    assert visit() == ["broken.png", "photo2.png"]


def test_pictures_to_pick_fill_the_width_and_show_that_there_are_more(
    booth: KioskWindow, qtbot: QtBot, folder: Path
) -> None:
    for number in range(3, 30):
        shutil.copy(folder / "photo1.png", folder / f"photo{number}.png")
    booth.begin()
    qtbot.waitUntil(lambda: booth.pages.currentWidget() is booth.pick, timeout=PATIENCE_MS)
    photos = booth.pick.list
    qtbot.waitUntil(lambda: photos.verticalScrollBar().isVisible(), timeout=PATIENCE_MS)
    first, second = (photos.visualItemRect(photos.item(index)) for index in (0, 1))
    assert first.top() == second.top()
    rest = photos.viewport().width() - second.right()
    assert abs(first.left() - rest) < 10


def test_an_error_returns_to_the_start(booth: KioskWindow, qtbot: QtBot, folder: Path) -> None:
    QTest.mouseClick(booth.attract, Left)
    wait_for(qtbot, booth, booth.pick)
    booth.sorry_timer.setInterval(200)
    # The photo breaks between being offered and being picked.
    (folder / "photo1.png").write_bytes(b"gone")
    item = booth.pick.list.item(0)
    QTest.mouseClick(
        booth.pick.list.viewport(), Left, pos=booth.pick.list.visualItemRect(item).center()
    )
    wait_for(qtbot, booth, booth.sorry)
    assert "photo1.png" in booth.sorry.text()
    wait_for(qtbot, booth, booth.attract)


def test_a_bug_anywhere_returns_to_the_start(booth: KioskWindow, qtbot: QtBot) -> None:
    pick_first(qtbot, booth)
    booth.sorry_timer.setInterval(100)
    booth.report(ZeroDivisionError("a bug"))
    assert booth.pages.currentWidget() is booth.sorry
    assert "a bug" not in booth.sorry.text()
    assert booth.visit is None
    wait_for(qtbot, booth, booth.attract)


def test_the_attract_loop_plays_samples(booth: KioskWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(
        lambda: booth.attract.screen_.player.cadence.count == 7, timeout=2 * PATIENCE_MS
    )
    assert booth.attract.screen_.player.playing
    assert booth.attract_timer.isActive()


def test_the_first_attraction_shows_its_photo_until_the_film_is_there(
    open_booth: Callable[[KioskSettings], KioskWindow],
    booth_weights: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown: list[int] = []
    show = Screen.show_pictures

    def watched(screen: Screen, pictures: tuple[Pyramid, ...]) -> None:
        shown.append(len(pictures))
        show(screen, pictures)

    monkeypatch.setattr(Screen, "show_pictures", watched)
    open_booth(KioskSettings(weights=str(booth_weights), camera=False, full_screen=False))
    qtbot.waitUntil(lambda: 7 in shown, timeout=PATIENCE_MS)
    assert [count for count in shown if count][:2] == [1, 7]


def test_a_full_folder_is_said_and_the_film_stays(
    booth: KioskWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    pick_first(qtbot, booth)
    swipe_disc(qtbot, booth)
    booth.swipe.animate_button.click()
    wait_for(qtbot, booth, booth.watch)
    (tmp_path / "kept").rmdir()
    (tmp_path / "kept").write_text("a file where the folder was")
    booth.watch.keep_button.click()
    qtbot.waitUntil(lambda: "kept" in booth.watch.hint.text(), timeout=PATIENCE_MS)
    assert booth.pages.currentWidget() is booth.watch


def test_every_button_is_large_and_named(booth: KioskWindow) -> None:
    for button in booth.findChildren(QAbstractButton):
        if button.text():
            assert button.minimumHeight() >= TOUCH
    assert not booth.pick.camera_button.isVisibleTo(booth.pick) or camera.available()


def test_the_direction_of_a_swipe() -> None:
    assert direction_of(((10, 10), (60, 40)), 100, 100) == Direction.DOWN_RIGHT
    assert direction_of(((60, 40), (30, 10), (10, 10)), 100, 100) == Direction.UP_LEFT
    assert direction_of(((10, 10), (40, 60), (11, 10)), 100, 100) is None


def test_a_swipe_covers_the_thing_and_not_much_else() -> None:
    picture = np.full((HEIGHT, WIDTH, 3), 30, np.uint8)
    cv2.circle(picture, (80, 60), 22, (220, 90, 40), -1)
    regions = find_swiped(picture, ((68, 66), (80, 60), (92, 54)), (), lambda done, total: None)
    from app.guidance.rasterise import rasterise

    swiped = rasterise(regions, WIDTH, HEIGHT) > 0
    disc = picture[..., 0] == 220
    assert (swiped & disc).sum() > 0.9 * disc.sum()
    assert (swiped & ~disc).sum() < 0.6 * disc.sum()
    with pytest.raises(InputError, match="tap"):
        find_swiped(picture, ((80, 60), (81, 60)), (), lambda done, total: None)


def test_wrong_settings_are_refused_before_the_booth_opens(
    qapp: QApplication, folder: Path, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="key chord"):
        main(KioskSettings(folder=folder, quit_keys="Hyper+Any"))
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(InputError, match="empty holds no photos"):
        main(KioskSettings(folder=empty))


def test_the_camera_exposes_its_stream_and_forgets_it(qtbot: QtBot) -> None:
    page = camera.CameraPage()
    qtbot.addWidget(page)
    taken: list[Path] = []
    page.taken.connect(taken.append)
    page.shutter_button.click()
    page._second.setInterval(1)
    for number in range(200):
        # A white bar that moves by three pixels from frame to frame.
        frame = QImage(64, 48, QImage.Format.Format_RGB32)
        frame.fill(Qt.GlobalColor.black)
        for x in range(10 + 3 * (number % 8), 16 + 3 * (number % 8)):
            for y in range(48):
                frame.setPixelColor(x, y, Qt.GlobalColor.white)
        page.take(frame)
        qtbot.wait(5)
        if page._worker is not None:
            break
    qtbot.waitUntil(lambda: bool(taken), timeout=PATIENCE_MS)
    photo = cv2.imread(str(taken[0]))
    assert photo is not None
    assert photo.shape == (48, 64, 3)
    # The bar is smeared: no pixel is as bright as it was, many are grey.
    assert ((photo > 20) & (photo < 250)).any(axis=2).mean() > 0.2
    page.forget()
    assert not taken[0].exists()
    assert page.screen_.picture is None


def test_without_multimedia_there_is_no_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    import PySide6

    monkeypatch.delattr(PySide6, "QtMultimedia", raising=False)
    assert not camera.available()
    page = camera.CameraPage()
    failures: list[Exception] = []
    page.failed.connect(failures.append)
    page.begin()
    assert "no camera" in str(failures[0])
    page.deleteLater()
