"""Finding the clip in a Motion Photo, whoever's phone wrote it, and only where there is one."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.errors import UnspoolError
from app.media.clips import iter_clip
from app.media.films import write_animation
from app.media.motion_photos import EmbeddedClip, extracted_clip, find_clip
from tests.video_material import google_xmp, with_xmp

SEF = b"\x00\x00\x03\x0b\x0e\x00\x00\x00Image_UTC_Data1SEFH" + bytes(20) + b"SEFT"


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("clips") / "clip.mp4"
    greys = np.arange(40, 240, 40, np.uint8)
    write_animation(path, np.broadcast_to(greys[:, None, None, None], (5, 32, 48, 3)), loop="once")
    return path.read_bytes()


@pytest.fixture(scope="module")
def jpeg() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (48, 32), (90, 120, 200)).save(stream, "JPEG")
    return stream.getvalue()


def variants(jpeg: bytes, clip: bytes) -> dict[str, tuple[bytes, float | None]]:
    offset = (
        '<rdf:Description GCamera:MicroVideo="1" '
        f'GCamera:MicroVideoPresentationTimestampUs="250000" GCamera:MicroVideoOffset="{len(clip)}"'
        "/>"
    )
    elements = f"<GCamera:MicroVideoOffset>{len(clip)}</GCamera:MicroVideoOffset>"
    return {
        "google": (with_xmp(jpeg, google_xmp(len(clip), 0.5)) + clip, 0.5),
        "google without a moment": (with_xmp(jpeg, google_xmp(len(clip))) + clip, None),
        "micro video": (with_xmp(jpeg, offset) + clip, 0.25),
        "micro video in elements": (with_xmp(jpeg, elements) + clip, None),
        "samsung": (jpeg + b"MotionPhoto_Data" + clip + SEF, None),
        "samsung that writes Google's too": (
            with_xmp(jpeg, google_xmp(1000, 0.5)) + b"MotionPhoto_Data" + clip + SEF,
            0.5,
        ),
    }


@pytest.mark.parametrize("kind", list(variants(b"\xff\xd8", b"")))
def test_the_clip_is_found_and_can_be_played(
    kind: str, jpeg: bytes, clip: bytes, tmp_path: Path
) -> None:
    content, moment = variants(jpeg, clip)[kind]
    path = tmp_path / "photo.jpg"
    path.write_bytes(content)
    found = find_clip(path)
    assert found is not None
    assert content[found.start : found.start + found.length] == clip
    assert found.moment == moment
    with extracted_clip(path, found) as file:
        assert len(list(iter_clip(file).frames)) == 5
    assert not file.exists()
    Image.open(path).load()


def test_what_follows_the_clip_in_the_container_is_left_out(
    jpeg: bytes, clip: bytes, tmp_path: Path
) -> None:
    xmp = google_xmp(len(clip)).replace(
        "</rdf:Seq>", '<rdf:li><Container:Item Item:Semantic="Depth" Item:Length="7"/></rdf:li>'
    )
    path = tmp_path / "photo.jpg"
    path.write_bytes(with_xmp(jpeg, xmp) + clip + b"seven B")
    found = find_clip(path)
    assert found is not None
    assert found[:2] == (path.stat().st_size - 7 - len(clip), len(clip))


def test_photos_without_a_clip_have_none(jpeg: bytes, clip: bytes, tmp_path: Path) -> None:
    claims = with_xmp(jpeg, google_xmp(len(clip)))
    for name, content in {
        "plain.jpg": jpeg,
        "cut-off.jpg": claims,
        "huge-claim.jpg": with_xmp(jpeg, google_xmp(10**15)),
        "marker-only.jpg": jpeg + b"MotionPhoto_Data",
        "other.jpg": claims + bytes(len(clip)),
        "clip-not-photo.jpg": clip,
        "short.jpg": b"\xff\xd8",
        "empty.jpg": b"",
    }.items():
        (tmp_path / name).write_bytes(content)
        assert find_clip(tmp_path / name) is None, name


def test_a_missing_photo_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnspoolError, match=r"missing\.jpg"):
        find_clip(tmp_path / "missing.jpg")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    with (
        pytest.raises(UnspoolError, match=r"gone\.jpg"),
        extracted_clip(tmp_path / "gone.jpg", EmbeddedClip(2, 5, None)),
    ):
        pass


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 60), st.integers(0, 255))
def test_hostile_bytes_never_break_it(
    tmp_path_factory: pytest.TempPathFactory, tail: bytes, place: int, value: int
) -> None:
    content = bytearray(with_xmp(b"\xff\xd8\xff\xd9", google_xmp(len(tail))) + tail)
    content[2 + place] = value
    path = tmp_path_factory.mktemp("hostile") / "photo.jpg"
    path.write_bytes(content)
    found = find_clip(path)
    assert found is None or content[found.start + 4 : found.start + 8] == b"ftyp"
