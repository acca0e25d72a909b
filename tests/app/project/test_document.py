from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InputError
from app.guidance.classes import Direction
from app.guidance.region import Region
from app.project.document import (
    SCHEMA_VERSION,
    PhotoReference,
    ProjectDocument,
    RegionEntry,
    RenderSettings,
    file_sha256,
    find_photo,
    load_project,
    new_project,
    photo_changed,
    project_path_for,
    relative_photo_path,
    save_project,
)

TRIANGLE = ((0.5, 1.0), (7.25, 2.0), (3.0, 6.125))
HOLE = ((2.0, 2.0), (3.0, 2.0), (3.0, 3.0))
REGIONS = [
    Region(Direction.UP_RIGHT, (TRIANGLE, HOLE), "Bein, links ✓", hidden=True),
    Region(Direction.STATIC, (TRIANGLE,), locked=True),
]


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "street.jpg"
    path.write_bytes(b"any bytes will do: projects never decode the photo")
    return path


@pytest.fixture
def project(photo: Path) -> Path:
    path = project_path_for(photo)
    save_project(new_project(photo, 8, 7, REGIONS, path), path)
    return path


def content_of(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def change(path: Path, *keys: str | int, to: Any) -> None:
    content = content_of(path)
    place: Any = content
    for key in keys[:-1]:
        place = place[key]
    place[keys[-1]] = to
    path.write_text(json.dumps(content), encoding="utf-8")


def test_a_project_is_named_after_its_photo_and_lies_beside_it(photo: Path) -> None:
    assert project_path_for(photo) == photo.parent / "street.unspool.json"


def test_what_is_saved_is_loaded_again(project: Path, photo: Path) -> None:
    document = load_project(project)
    assert document.to_regions() == REGIONS
    assert document.photo.path == "street.jpg"
    assert (document.photo.width, document.photo.height) == (8, 7)
    assert document.photo.sha256 == file_sha256(photo)
    assert document.render == RenderSettings()


def test_the_file_says_what_a_person_would_look_for(project: Path) -> None:
    content = content_of(project)
    assert content["schema_version"] == SCHEMA_VERSION
    assert content["regions"][0]["direction"] == "q1"
    assert content["regions"][0]["rings"][0][0] == [0.5, 1.0]
    assert content["regions"][1]["direction"] == "static"
    assert "Bein, links ✓" in project.read_text(encoding="utf-8")


finite = st.floats(-1e9, 1e9)
stored_rings = st.lists(st.tuples(finite, finite), min_size=3, max_size=5).map(tuple)
stored_regions = st.builds(
    Region,
    direction=st.sampled_from(Direction),
    rings=st.lists(stored_rings, min_size=1, max_size=3).map(tuple),
    name=st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    hidden=st.booleans(),
    locked=st.booleans(),
)


@given(st.lists(stored_regions, max_size=4))
def test_any_regions_survive_to_the_last_digit(
    tmp_path_factory: pytest.TempPathFactory, regions: list[Region]
) -> None:
    path = tmp_path_factory.mktemp("any") / "p.unspool.json"
    document = ProjectDocument(photo=PhotoReference(path="p.png", width=1, height=1))
    save_project(document.with_regions(regions), path)
    assert load_project(path).to_regions() == regions


def test_render_settings_are_kept(project: Path) -> None:
    settings = RenderSettings(
        frames=9, fps=24.5, loop="pingpong", weights="decomposer-fast", max_edge=1024
    )
    save_project(load_project(project).model_copy(update={"render": settings}), project)
    assert load_project(project).render == settings


def test_unknown_keys_survive_at_every_level(project: Path) -> None:
    for keys in (("extra",), ("photo", "extra"), ("render", "extra"), ("regions", 0, "extra")):
        change(project, *keys, to={"kept": [1, "two", None]})
    save_project(load_project(project), project)
    content = content_of(project)
    for place in (content, content["photo"], content["render"], content["regions"][0]):
        assert place["extra"] == {"kept": [1, "two", None]}


def test_unchanged_regions_keep_their_unknown_keys_when_others_are_replaced(project: Path) -> None:
    change(project, "regions", 1, "note", to="mine")
    moved = Region(Direction.DOWN_LEFT, (HOLE,))
    document = load_project(project).with_regions([moved, REGIONS[1], REGIONS[1]])
    save_project(document, project)
    assert load_project(project).to_regions() == [moved, REGIONS[1], REGIONS[1]]
    notes = [entry.get("note") for entry in content_of(project)["regions"]]
    assert notes == [None, "mine", None]


def test_done_and_note_are_kept(project: Path) -> None:
    remarks = {"done": True, "note": "zweimal ✓\nim Gegenlicht"}
    save_project(load_project(project).model_copy(update=remarks), project)
    document = load_project(project)
    assert (document.done, document.note) == (True, "zweimal ✓\nim Gegenlicht")


def test_a_project_of_version_1_is_read_as_not_done_and_saved_as_the_newest(project: Path) -> None:
    content = content_of(project)
    del content["done"], content["note"]
    content["schema_version"] = 1
    project.write_text(json.dumps(content), encoding="utf-8")
    document = load_project(project)
    assert (document.done, document.note) == (False, "")
    assert document.to_regions() == REGIONS
    save_project(document, project)
    assert content_of(project)["schema_version"] == SCHEMA_VERSION == 2


def test_a_newer_version_is_refused_with_both_versions_named(project: Path) -> None:
    change(project, "schema_version", to=SCHEMA_VERSION + 1)
    with pytest.raises(InputError, match="newer Unspool") as caught:
        load_project(project)
    assert str(project) in str(caught.value)
    assert str(SCHEMA_VERSION + 1) in str(caught.value)


@pytest.mark.parametrize("version", ["1", None, True, 0, -3, 1.0])
def test_a_version_that_is_no_version_is_refused(project: Path, version: Any) -> None:
    change(project, "schema_version", to=version)
    with pytest.raises(InputError, match="schema_version"):
        load_project(project)


@pytest.mark.parametrize(
    ("keys", "value", "field"),
    [
        (("regions", 1, "rings", 0), [[1, 2], [3, 4]], r"regions\[1\].rings\[0\]: "),
        (("regions", 1, "rings", 0, 2), [1, 2, 3], r"regions\[1\].rings\[0\]\[2\]"),
        (("regions", 1, "rings", 0, 2, 1), "7", r"regions\[1\].rings\[0\]\[2\]\[1\]: "),
        (("regions", 1, "rings", 0, 2, 1), 1e300, r"regions\[1\].rings\[0\]\[2\]\[1\]: "),
        (("regions", 1, "rings", 0, 2, 1), True, r"regions\[1\].rings\[0\]\[2\]\[1\]: "),
        (("regions", 1, "rings"), [], r"regions\[1\].rings: "),
        (("regions", 1, "rings"), 5, r"regions\[1\].rings: "),
        (("regions", 0, "direction"), "sideways", r"regions\[0\].direction: 'sideways'"),
        (("regions", 0, "direction"), None, r"regions\[0\].direction: "),
        (("regions", 0, "hidden"), "yes", r"regions\[0\].hidden: "),
        (("regions", 0), [], r"regions\[0\]: "),
        (("regions",), {}, "regions: "),
        (("photo", "width"), 0, "photo.width: "),
        (("photo", "height"), "7", "photo.height: "),
        (("photo", "path"), "", "photo.path: "),
        (("photo", "path"), "a\0b", "photo.path: "),
        (("photo", "sha256"), "abc", "photo.sha256: "),
        (("photo",), None, "photo: "),
        (("done",), "yes", "done: "),
        (("note",), 5, "note: "),
        (("render", "loop"), "forever", "render.loop: "),
        (("render", "fps"), 0, "render.fps: "),
        (("render", "frames"), 2.5, "render.frames: "),
        (("render", "max_edge"), 0, "render.max_edge: "),
    ],
)
def test_a_wrong_field_is_refused_by_its_name(
    project: Path, keys: tuple[str | int, ...], value: Any, field: str
) -> None:
    change(project, *keys, to=value)
    with pytest.raises(InputError, match=field) as caught:
        load_project(project)
    assert str(caught.value).startswith(str(project))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "not valid JSON"),
        (b"{", "not valid JSON"),
        (b"\xff\xfe{\x00}\x00", "UTF-8"),
        (b'{"name": "Stra\xdfe"}', "UTF-8"),
        (b"[]", "not an object"),
        (b"{}", "not an Unspool project"),
        (b'{"schema_version": NaN}', "NaN"),
        (b'{"schema_version": 1, "photo": -Infinity}', "-Infinity"),
        (b'{"a":' * 100_000, "JSON"),
        (b'{"schema_version": ' + b"9" * 10_000 + b"}", "JSON"),
    ],
)
def test_a_file_that_is_no_project_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, cause: str
) -> None:
    path = tmp_path / "broken.unspool.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=cause) as caught:
        load_project(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("fraction", [0.1, 0.5, 0.9])
def test_a_truncated_project_is_refused(project: Path, fraction: float) -> None:
    content = project.read_bytes()
    project.write_bytes(content[: int(len(content) * fraction)])
    with pytest.raises(InputError, match="not valid JSON"):
        load_project(project)


def test_a_huge_file_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, project: Path
) -> None:
    monkeypatch.setattr("app.project.json_files.MAX_JSON_BYTES", 2**20)
    path = tmp_path / "huge.unspool.json"
    path.write_bytes(project.read_bytes() + b" " * 2**20)
    with pytest.raises(InputError, match="larger than 1 MB"):
        load_project(path)


def test_a_missing_project_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        load_project(tmp_path / "none.unspool.json")
    with pytest.raises(InputError, match="folder"):
        load_project(tmp_path)


def test_a_byte_order_mark_is_no_obstacle(project: Path) -> None:
    project.write_bytes(b"\xef\xbb\xbf" + project.read_bytes())
    assert load_project(project).to_regions() == REGIONS


def test_saving_something_unloadable_leaves_the_old_file_alone(project: Path) -> None:
    before = project.read_bytes()
    broken = RegionEntry.model_construct(direction=Direction.STATIC, rings=[[(0.0, float("nan"))]])
    document = load_project(project).model_copy(update={"regions": [broken]})
    with pytest.raises(InputError, match=r"regions\[0\]"):
        save_project(document, project)
    assert project.read_bytes() == before
    assert sorted(p.name for p in project.parent.iterdir()) == ["street.jpg", project.name]


def test_saving_over_a_file_can_be_forbidden(project: Path) -> None:
    with pytest.raises(InputError, match="exists already"):
        save_project(load_project(project), project, overwrite=False)


def test_the_photo_is_stored_relative_to_the_project_with_forward_slashes(tmp_path: Path) -> None:
    photo = tmp_path / "photos" / "2024" / "a.png"
    assert relative_photo_path(photo, tmp_path / "p.unspool.json") == "photos/2024/a.png"
    assert relative_photo_path(photo, tmp_path / "projects" / "p.json") == "../photos/2024/a.png"


def test_the_photo_is_found_from_any_working_folder(
    project: Path, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert find_photo(load_project(project), project) == photo
    relative = Path("..") / project.name
    assert find_photo(load_project(relative), relative) == photo


def test_a_path_with_backslashes_is_understood(project: Path, photo: Path) -> None:
    folder = photo.parent / "photos"
    folder.mkdir()
    photo.rename(folder / "street.jpg")
    change(project, "photo", "path", to="photos\\street.jpg")
    document = load_project(project)
    assert document.photo.path == "photos/street.jpg"
    assert find_photo(document, project) == folder / "street.jpg"


@pytest.mark.parametrize(
    "stored", ["old/place/street.jpg", "C:\\Bilder\\street.jpg", "/x/street.jpg"]
)
def test_a_photo_moved_beside_the_project_is_found_by_its_name(
    project: Path, photo: Path, stored: str
) -> None:
    change(project, "photo", "path", to=stored)
    assert find_photo(load_project(project), project) == photo


def test_a_renamed_photo_beside_the_project_is_found_by_its_hash(
    project: Path, photo: Path
) -> None:
    shutil.copy(photo, photo.parent / "b.png")
    (photo.parent / "a.jpg").write_bytes(b"another photo")
    renamed = photo.rename(photo.parent / "renamed.JPG")
    assert find_photo(load_project(project), project) == renamed


def test_a_photo_that_is_nowhere_is_named(project: Path, photo: Path) -> None:
    photo.unlink()
    with pytest.raises(InputError, match=r"'street.jpg' of the project .*street.unspool.json"):
        find_photo(load_project(project), project)


def test_a_photo_that_changed_since_is_noticed(project: Path, photo: Path) -> None:
    document = load_project(project)
    assert not photo_changed(document, photo)
    photo.write_bytes(photo.read_bytes() + b"!")
    assert photo_changed(document, photo)


def test_an_upper_case_hash_is_the_same_hash_and_no_hash_never_differs(
    project: Path, photo: Path
) -> None:
    change(project, "photo", "sha256", to=file_sha256(photo).upper())
    assert not photo_changed(load_project(project), photo)
    change(project, "photo", "sha256", to="")
    photo.write_bytes(b"changed")
    assert not photo_changed(load_project(project), photo)


def test_a_name_with_a_lone_surrogate_can_be_saved_again(project: Path) -> None:
    content = content_of(project)
    content["note"] = "\ud800"
    project.write_text(json.dumps(content), encoding="ascii")
    save_project(load_project(project), project)
    assert load_project(project).to_regions() == REGIONS


def test_how_far_a_region_moved_is_kept_and_left_out_where_nobody_knows(project: Path) -> None:
    told = REGIONS[0].displaced((12.5, -3.0))
    document = load_project(project).with_regions([told, REGIONS[1]])
    save_project(document, project)
    assert load_project(project).to_regions() == [told, REGIONS[1]]
    entries = content_of(project)["regions"]
    assert entries[0]["displacement"] == [12.5, -3.0]
    assert "displacement" not in entries[1]


def test_a_displacement_against_the_direction_is_not_heeded(project: Path) -> None:
    change(project, "regions", 0, "displacement", to=[-12.5, 3.0])
    assert load_project(project).to_regions()[0].displacement is None


@pytest.mark.parametrize("wrong", [[1.0], [1.0, "far"], [1e12, 0.0], "far"])
def test_a_displacement_that_is_none_is_refused_by_its_name(project: Path, wrong: Any) -> None:
    change(project, "regions", 0, "displacement", to=wrong)
    with pytest.raises(InputError, match=r"regions\[0\].displacement"):
        load_project(project)
