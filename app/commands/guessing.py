"""Guidance guessed by the installed networks, as evaluations ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from torch import Tensor

    from app.training.predictor_evaluation import Guesser
    from app.training.protocols import Guess


def suggester(weights: str | None, device: str, count: int, seed: int = 0) -> Guesser:
    """Guesses what `unspool suggest` would, up to `count` maps, ranked by likelihood alone.

    Args:
        weights: of a predictor or an offset network that reads; None asks all that are installed.
        device: as on the command line.
        count: at most so many guesses.
        seed: decides a predictor's codes.
    """
    from app.engine.predict import PredictSettings
    from app.engine.suggest import likeliest

    settings = PredictSettings(weights=weights, device=device, seed=seed)

    def guess(photo: Tensor) -> NDArray[np.uint8]:
        pixels = (photo * 255).round().byte().permute(1, 2, 0).cpu().numpy()
        return likeliest(pixels, count, settings)

    return guess


def guess_of(weights: str | None, device: str) -> tuple[str, Guess]:
    """What guesses for the protocol "predicted", and its name.

    A predictor that is named guesses by its samples, an offset network and all that are installed
    together by suggestions.

    Args:
        weights: None asks all that are installed.
        device: as on the command line.

    Raises:
        InputError: the weights cannot be used.
    """
    import numpy as np
    import torch

    from app.engine.device import resolve_device
    from app.engine.weights import load_guesser
    from app.training.encodings import signs_of
    from app.training.protocols import predictor_guess
    from app.weights_files import installed_guessers
    from models.predictor import Predictor

    name = weights or " + ".join(installed_guessers())
    if weights is not None:
        network = load_guesser(weights, resolve_device(device))
        if isinstance(network, Predictor):
            return name, predictor_guess(network)

    def guess(photo: Tensor, count: int) -> Tensor:
        maps = suggester(weights, device, count)(photo[0])
        # Who runs out of ideas repeats the last one.
        wanted = [*maps, *[maps[-1]] * (count - len(maps))]
        return signs_of(torch.from_numpy(np.stack(wanted)))

    return name, guess
