"""The language of the window: translated words, and which language is shown.

Widgets translate with `self.tr(...)`, everything else with `translate(context, text)`; both are
found by Qt's lupdate. The words themselves lie in `resources/translations`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from app.assets import asset

if TYPE_CHECKING:
    from app.guidance.classes import Direction

translate = QCoreApplication.translate


def marked(_context: str, text: str) -> str:
    """A text of a table, for lupdate to find; it is translated where it is shown."""
    return text


SHIPPED = ("en", "de")
"""Languages that the window speaks; the texts in the source are the English ones."""

_OURS = "unspool"
_SHOWN = "language"
"""The property of the application that says which language is shown."""


def choose_language(wish: str) -> str:
    """One of `SHIPPED` for "system" or the code of a language; English where there is none."""
    wishes = QLocale.system().uiLanguages() if wish == "system" else [wish]
    for code in wishes:
        # "de-AT", "de_CH" and "de" are all German.
        language = code.replace("_", "-").split("-")[0].lower()
        if language in SHIPPED:
            return language
    return SHIPPED[0]


def show_language(application: QCoreApplication, wish: str = "system") -> str:
    """Show all windows made from now on in a language; returns which one it is.

    Args:
        application: what keeps the translations alive.
        wish: "system" or the code of a language.
    """
    for old in application.findChildren(QTranslator):
        application.removeTranslator(old)
        old.setParent(None)
    language = choose_language(wish)
    # Dates and numbers follow the platform unless a person asked for a language.
    QLocale.setDefault(QLocale.system() if wish == "system" else QLocale(language))
    theirs = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    # English has a file too: it holds the plural forms.
    for name, folder in ((f"qtbase_{language}", theirs), (f"{_OURS}_{language}", _folder())):
        translator = QTranslator(application)
        if translator.load(name, folder):
            application.installTranslator(translator)
    application.setProperty(_SHOWN, language)
    return language


def shown_language() -> str:
    """The one of `SHIPPED` that `show_language` has chosen; English before that."""
    application = QCoreApplication.instance()
    return (application.property(_SHOWN) if application else None) or SHIPPED[0]


def decimal(value: float, digits: int | None = 1) -> str:
    """A number as the language shown writes it, with so many digits behind the point.

    None takes as few as it needs.
    """
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    if digits is None:
        return locale.toString(float(value), "g", 6)
    return locale.toString(float(value), "f", digits)


def direction_words(direction: Direction) -> str:
    """A direction as people read it, e.g. "up-right"."""
    return translate("Direction", direction.long_name)


def _folder() -> str:
    return str(asset("resources", "translations"))
