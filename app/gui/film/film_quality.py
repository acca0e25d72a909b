"""What the re-blur measure of a film means in words, without promising more than it says."""

from __future__ import annotations

from app.gui.program.language import decimal, translate

EXACT_DB = 60.0
"""Beyond this a difference is below one grey level and the number says nothing more."""

_POOR_DB = 26.0
"""Here the film differs from the photo by a twentieth of the brightness range."""


def explanation() -> str:
    """What the measure says and what it does not."""
    return translate(
        "FilmQuality",
        "The frames, averaged again, are compared with the photo where something moves. A low "
        "number means that the film does not explain the blur: the outline or the direction is "
        "likely wrong. A high one means that it explains it, not that it shows what really "
        "happened: a motion and its reverse leave the same blur.",
    )


def describe_quality(psnr: float) -> str:
    """A re-blur PSNR in dB as one clause, with the typical difference in percent of the range."""
    if psnr >= EXACT_DB:
        return translate("FilmQuality", "re-blurs to the photo exactly")
    percent = 100 * 10 ** (-psnr / 20)
    text = translate("FilmQuality", "re-blurs to the photo at {psnr} dB, {percent} % off").format(
        psnr=decimal(psnr), percent=decimal(percent)
    )
    return (
        translate("FilmQuality", "{text}: a poor match").format(text=text)
        if psnr < _POOR_DB
        else text
    )
