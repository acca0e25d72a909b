"""The line above a film in words: what is shown, of which quality, and what its tool tip adds."""

from __future__ import annotations

from app.gui.film.film_quality import describe_quality, explanation
from app.gui.film.preview_job import FAST, Preview
from app.gui.jobs import Film
from app.gui.program.language import translate


def describe_film(film: Film | Preview, *, outdated: bool, behind: str) -> str:
    """Which quality and which part of the photo is shown, and how well it re-blurs to the photo.

    `outdated` says that it does not show the present guidance; `behind` is "edits" or "view" while
    a preview that catches up with those is on its way, else empty.
    """
    if isinstance(film, Preview):
        return _describe_preview(film, behind)
    if outdated:
        if behind:
            return translate("FilmPanel", "Film · out of date: a preview is on its way…")
        return translate("FilmPanel", "Film · out of date: press Animate to follow your changes")
    height, width = film.frames.shape[1:3]
    quality = (
        translate("FilmPanel", "fast network")
        if film.choices.weights == FAST
        else translate("FilmPanel", "full quality")
    )
    text = translate("FilmPanel", "Film · {quality} · {count} frames, {width} × {height}").format(
        quality=quality, count=len(film.frames), width=width, height=height
    )
    if film.still:
        return translate("FilmPanel", "{text}, nothing moves").format(text=text)
    return f"{text} · {describe_quality(film.reblur_psnr)}"


def explain_film(film: Film | Preview, *, outdated: bool) -> str:
    """What the tool tip of that line says besides."""
    if isinstance(film, Preview):
        if film.part.whole:
            return ""
        return translate(
            "FilmPanel",
            "You are zoomed in, so what is in view is animated at the size at which you see it. "
            "What lies outside stands still or is coarser. Full quality and export are always of "
            "the whole photo.",
        )
    return "" if outdated else explanation()


def _describe_preview(preview: Preview, behind: str) -> str:
    shown = (
        translate("FilmPanel", "Preview (fast) of the whole photo")
        if preview.part.whole
        else translate("FilmPanel", "Preview (fast) of the part in view")
    )
    rest = {
        "edits": translate("FilmPanel", "following your changes…"),
        "view": translate("FilmPanel", "following the view…"),
    }.get(behind, translate("FilmPanel", "Ctrl+Return makes the film at full quality"))
    return f"{shown} · {rest}"
