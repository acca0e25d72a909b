"""What a deblurring network may begin from: one of the other kind, or a decomposer's first stage.

A decomposer has seen far more samples than anybody fits a deblurring network with, and the middle
of its frames is the sharp middle frame.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor, nn

from app.errors import InputError
from models.along_paths import PLANES
from models.deblur import PATH_PLANES, DeblurConfig, DeblurNetwork
from models.decomposer import Decomposer
from models.decomposer_stages import ResidualUNetStage

# A stage reads, and answers with, squares of two pixels a side.
_SQUARE = 4
_SIGNS = 2


def begun_from(model: nn.Module, wanted: DeblurConfig, path: Path) -> DeblurNetwork:
    """A deblurring network that begins with another network's weights; its sizes are that one's.

    Args:
        model: what `path` holds: a deblurring network, or for a U-Net a decomposer.
        wanted: the design, and whether it is motion-aware.

    Raises:
        InputError: it can begin from no such network.
    """
    if isinstance(model, DeblurNetwork):
        if model.config.design == wanted.design:
            return converted(model, wanted)
    elif (
        isinstance(model, Decomposer)
        and isinstance(model.stage1, ResidualUNetStage)
        and model.config.guidance_channels == _SIGNS
        and wanted.design == "unet"
    ):
        return from_decomposer(model, wanted)
    raise InputError(
        f"A deblurring network of the design '{wanted.design}' cannot begin from {path}."
    )


def converted(model: DeblurNetwork, wanted: DeblurConfig) -> DeblurNetwork:
    """The network along paths or without, as is `wanted`; its size stays.

    Kernels keep their weights, and paths that it had not seen count nothing yet. DMPHN does not
    answer as before: a plain kernel's taps lie somewhere else than those along a path.
    """
    if wanted.motion_aware == model.config.motion_aware:
        return model
    config = replace(model.config, motion_aware=wanted.motion_aware, alpha=wanted.alpha)
    result = DeblurNetwork(config)
    state = model.state_dict()
    for name, fresh in result.state_dict().items():
        if state[name].shape != fresh.shape:
            state[name] = _of_width(state[name], fresh.shape[1])
    result.load_state_dict(state)
    return result


def from_decomposer(model: Decomposer, wanted: DeblurConfig) -> DeblurNetwork:
    """The middle frame of a decomposer's first stage.

    Along paths it is what the decomposer answers where guidance and displacement are those of the
    paths; unless that one reads the photo along them, what is seen there counts nothing yet. Plain,
    it is told everywhere that things move down and to the right.
    """
    assert isinstance(model.stage1, ResidualUNetStage)
    config = replace(
        wanted,
        widths=model.config.widths,
        encoder_blocks=model.config.encoder_blocks,
        middle_blocks=model.config.middle_blocks,
        decoder_blocks=model.config.decoder_blocks,
    )
    result = DeblurNetwork(config)
    state = dict(model.stage1.state_dict())
    enter = state["enter.weight"]
    photo, signs = 3 * _SQUARE, (3 + _SIGNS) * _SQUARE
    if wanted.motion_aware:
        known = enter[:, : photo + PATH_PLANES * _SQUARE]
        if model.config.reads_along:
            known = torch.cat([known, enter[:, -PLANES * _SQUARE :]], 1)
        width = result.body.state_dict()["stage.enter.weight"].shape[1]
        state["enter.weight"] = _of_width(known, width)
    else:
        state["enter.weight"] = enter[:, :photo]
        state["enter.bias"] = state["enter.bias"] + enter[:, photo:signs].sum((1, 2, 3))
    first = (model.config.frames - 1) // 2 * 3 * _SQUARE
    for name in ("head.weight", "head.bias"):
        state[name] = state[name][first : first + 3 * _SQUARE]
    result.load_state_dict({f"body.stage.{name}": value for name, value in state.items()})
    return result


def _of_width(weight: Tensor, width: int) -> Tensor:
    """The weights of a layer for so many input channels; new ones count nothing."""
    known = weight[:, :width]
    missing = width - known.shape[1]
    return torch.cat([known, known.new_zeros(len(known), missing, *known.shape[2:])], 1)
