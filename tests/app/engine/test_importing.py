"""The authors' AfB checkpoints become our networks and give the authors' numbers.

The fixture holds outputs of the authors' code on deterministic weights. Each stage alone agrees to
1e-4. End to end those artificial weights amplify float32 rounding: the fixture itself is 3e-4 away
from the same computation in float64, so the chain is compared to 1e-3.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from app.checkpoints import load_checkpoint
from app.cli import main
from app.engine.importing import import_afb
from app.errors import InputError
from models.decomposer import DecomposerConfig
from tests.parity import fixture_weights

FIXTURE = Path(__file__).parents[2] / "data" / "afb_decomposer.npz"


@pytest.fixture(scope="module")
def fixture() -> dict[str, np.ndarray]:
    with np.load(FIXTURE, allow_pickle=False) as content:
        return {key: content[key] for key in content}


@pytest.fixture(scope="module")
def states(fixture) -> tuple[dict[str, torch.Tensor], dict[str, torch.Tensor]]:
    first, second = (json.loads(str(fixture[f"stage{i}_keys"])) for i in (1, 2))
    return fixture_weights(first), fixture_weights(second)


@pytest.fixture
def folder(tmp_path, states) -> Path:
    for i, state in enumerate(states, start=1):
        torch.save(state, tmp_path / f"decomposer_s{i}.pth")
    return tmp_path


def _tensor(fixture, name: str) -> torch.Tensor:
    return torch.from_numpy(fixture[name])


def test_each_stage_and_the_chain_give_the_authors_numbers(fixture, folder, tmp_path):
    path = tmp_path / "imported.safetensors"
    call = ["weights", "import", "--format", "afb", str(folder), "--out", str(path)]
    assert main(call) == 0
    network = load_checkpoint(path).model
    blurry, guidance = _tensor(fixture, "blurry"), _tensor(fixture, "guidance")
    moving = guidance.ne(0).any(1)[:, None, None].expand(-1, 7, 3, -1, -1)
    with torch.inference_mode():
        coarse, frames = network(blurry, guidance)
        stage1 = _tensor(fixture, "stage1")
        torch.testing.assert_close(coarse, stage1, atol=1e-4, rtol=1e-4)
        residual = network.stage2(torch.cat([blurry, stage1.flatten(1, 2)], 1))
        torch.testing.assert_close(
            residual.unflatten(1, (7, 3)), _tensor(fixture, "stage2_residual"), atol=1e-4, rtol=1e-4
        )
    expected = _tensor(fixture, "frames")
    torch.testing.assert_close(frames[moving], expected[moving], atol=1e-3, rtol=1e-3)


def test_static_pixels_equal_the_photo_where_the_authors_code_brightens_them(fixture, folder):
    blurry, guidance = _tensor(fixture, "blurry"), _tensor(fixture, "guidance")
    static = ~guidance.ne(0).any(1)[:, None, None].expand(-1, 7, 3, -1, -1)
    assert static.any()
    photo = blurry[:, None].expand(-1, 7, -1, -1, -1)
    with torch.inference_mode():
        frames = import_afb(folder)(blurry, guidance).frames
    assert torch.equal(frames[static], photo[static])
    assert (_tensor(fixture, "frames")[static] - photo[static]).abs().max() > 0.01


def test_the_configuration_is_inferred_from_the_shapes(folder):
    assert import_afb(folder).config == DecomposerConfig(
        family="afb", widths=(8, 16, 32), encoder_blocks=(), middle_blocks=3, decoder_blocks=()
    )


@pytest.mark.parametrize("wrap", ["module", "state_dict", "nested", "no_counters"])
def test_prefixes_and_wrapping_dictionaries_are_seen_through(folder, states, wrap):
    expected = import_afb(folder).state_dict()
    for i, state in enumerate(states, start=1):
        content: dict = {f"module.{key}": tensor for key, tensor in state.items()}
        if wrap == "state_dict":
            content = {"epoch": 400, "state_dict": state}
        elif wrap == "nested":
            content = {"iter": 3, "net": {"model": content}, "optimizer": {"state": {0: {}}}}
        elif wrap == "no_counters":
            content = {k: v for k, v in state.items() if "num_batches" not in k}
        torch.save(content, folder / f"decomposer_s{i}.pth")
    for key, tensor in import_afb(folder).state_dict().items():
        assert torch.equal(tensor, expected[key]), key


def test_wrong_folders_are_refused(tmp_path):
    with pytest.raises(InputError, match="no such file or folder"):
        import_afb(tmp_path / "nowhere")
    with pytest.raises(InputError, match=r"lacks decomposer_s1\.pth and decomposer_s2\.pth"):
        import_afb(tmp_path)
    file = tmp_path / "decomposer_s1.pth"
    file.write_bytes(b"")
    with pytest.raises(InputError, match="is a file; give the folder"):
        import_afb(file)


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 not a zip"])
def test_a_file_that_is_no_checkpoint_is_refused(folder, content):
    (folder / "decomposer_s2.pth").write_bytes(content)
    with pytest.raises(InputError, match=r"decomposer_s2\.pth"):
        import_afb(folder)


def test_a_truncated_checkpoint_is_refused(folder):
    path = folder / "decomposer_s1.pth"
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(InputError, match=r"decomposer_s1\.pth"):
        import_afb(folder)


class _Trap:
    """Runs code when unpickled."""

    def __reduce__(self):
        return (Path.touch, (Path(_Trap.target),))

    target = ""


def test_code_in_a_pickle_is_not_run(folder, tmp_path):
    _Trap.target = str(tmp_path / "sprung")
    torch.save({"state_dict": _Trap()}, folder / "decomposer_s1.pth")
    with pytest.raises(InputError, match="something other than tensors"):
        import_afb(folder)
    assert not (tmp_path / "sprung").exists()


def test_stages_that_do_not_fit_are_refused(folder, states):
    torch.save(states[0], folder / "decomposer_s2.pth")
    with pytest.raises(InputError, match=r"decomposer_s2\.pth .*conv\.weight is \[8, 5"):
        import_afb(folder)


def test_other_networks_are_refused(folder, states):
    torch.save({"weight": torch.ones(2)}, folder / "decomposer_s1.pth")
    with pytest.raises(InputError, match="not hold an AfB decomposer stage"):
        import_afb(folder)
    torch.save({**states[0], "attention.weight": torch.ones(2)}, folder / "decomposer_s1.pth")
    with pytest.raises(InputError, match=r"attention\.weight is unknown"):
        import_afb(folder)
    torch.save({"epoch": 3}, folder / "decomposer_s1.pth")
    with pytest.raises(InputError, match="holds no network weights"):
        import_afb(folder)
