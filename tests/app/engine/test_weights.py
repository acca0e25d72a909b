"""Finding weights by name or path."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import torch

import app.weights_files as module
from app.checkpoints import ARCHITECTURES, Architecture, save_checkpoint
from app.engine.weights import find_weights, list_weights, load_decomposer
from app.errors import InputError

CPU = torch.device("cpu")


@pytest.fixture
def folders(tmp_path, monkeypatch, tiny_weights) -> tuple[Path, Path]:
    """A shipped folder with "shipped" and a person's folder with "own"."""
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    for folder, name in ((shipped, "shipped"), (own, "own")):
        folder.mkdir()
        shutil.copy(tiny_weights, folder / f"{name}.safetensors")
    monkeypatch.setattr(module, "weights_dir", lambda: shipped)
    monkeypatch.setattr(module, "user_weights_dir", lambda: own)
    return shipped, own


def test_names_are_found_in_both_folders_and_paths_anywhere(folders, tiny_weights):
    shipped, own = folders
    assert find_weights("shipped") == shipped / "shipped.safetensors"
    assert find_weights("own") == own / "own.safetensors"
    assert find_weights(tiny_weights) == tiny_weights


def test_a_shipped_name_means_the_shipped_file(folders):
    shipped, own = folders
    shutil.copy(own / "own.safetensors", own / "shipped.safetensors")
    assert find_weights("shipped").parent == shipped
    assert [info.name for info in list_weights()] == ["shipped", "own"]


def test_missing_weights_are_explained_with_what_there_is(folders, tmp_path):
    with pytest.raises(InputError, match=r"called 'oracle' \(by name there are: own, ship"):
        find_weights("oracle")
    with pytest.raises(InputError, match=r"weights file .*gone\.safetensors"):
        find_weights(tmp_path / "gone.safetensors")
    with pytest.raises(InputError, match="it is a folder"):
        find_weights(tmp_path)


def test_no_installed_weights_are_explained(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "weights_dir", lambda: tmp_path)
    monkeypatch.setattr(module, "user_weights_dir", lambda: tmp_path / "none")
    with pytest.raises(InputError, match="none are installed"):
        find_weights("decomposer-default")


def test_the_list_describes_each_file_and_says_which_are_broken(folders):
    (folders[1] / "broken.safetensors").write_bytes(b"not weights")
    infos = {info.name: info for info in list_weights()}
    assert infos["shipped"].architecture == "decomposer"
    assert infos["shipped"].parameters > 1000
    assert infos["shipped"].metadata == {"note": "for tests"}
    assert infos["shipped"].problem == ""
    assert "broken.safetensors" in infos["broken"].problem


def test_a_file_is_loaded_once_and_again_after_it_changed(tmp_path, tiny_network):
    path = tmp_path / "a.safetensors"
    save_checkpoint(path, tiny_network)
    first = load_decomposer(path, CPU)
    assert load_decomposer(path, CPU) is first
    assert not first.training
    save_checkpoint(path, tiny_network, metadata={"note": "changed"})
    assert load_decomposer(path, CPU) is not first


def test_another_kind_of_network_is_refused(tmp_path, tiny_network, monkeypatch):
    class Other(type(tiny_network)):  # type: ignore[misc]
        pass

    path = tmp_path / "other.safetensors"
    config = type(tiny_network.config)
    monkeypatch.setitem(ARCHITECTURES, "oracle", Architecture(config, Other))
    save_checkpoint(path, Other(tiny_network.config))
    with pytest.raises(InputError, match="holds a oracle, not a decomposer"):
        load_decomposer(path, CPU)
