"""Translations of which nobody has the words: each text stands for itself, as it does in its own language."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from bisect_ml.interpreter.machine import Frame


class NullTranslations:
    """`gettext.NullTranslations`."""

    def __init__(self, *_: Any) -> None:
        self._fallback: Any = None

    def add_fallback(self, fallback: Any) -> None:
        """Note whom to ask next; where nobody has any words, nobody is asked."""

    def info(self) -> dict[str, str]:
        """Return what a catalogue says of itself."""
        return {}

    def charset(self) -> str | None:
        """Return how a catalogue is written."""
        return None

    def gettext(self, text: Any) -> Any:
        """Return a text."""
        return text

    def ngettext(self, one: Any, many: Any, count: Any) -> Any:
        """Return the text for so many."""
        return one if count == 1 else many

    def pgettext(self, _: Any, text: Any) -> Any:
        """Return a text in some context."""
        return text

    def npgettext(self, _: Any, one: Any, many: Any, count: Any) -> Any:
        """Return the text for so many in some context."""
        return one if count == 1 else many

    def install(self, _: Any = None) -> None:
        """Stand for what is given the frame that it is called in."""


def installed(frame: Frame, translations: Any, *_: Any) -> None:
    """Bind `_` in all modules of a run."""
    frame.machine.everywhere["_"] = translations.gettext


WITH_TRANSLATIONS: dict[Any, Callable[..., Any]] = {NullTranslations.install: installed}
_NOTHING = NullTranslations()
GETTEXT: dict[str, Any] = {
    "NullTranslations": NullTranslations,
    "GNUTranslations": NullTranslations,
    "translation": lambda *_, **__: NullTranslations(),
    "find": lambda *_, **__: None,
    "textdomain": lambda domain="messages": domain,
    "bindtextdomain": lambda _, folder=None: folder,
    **{name: getattr(_NOTHING, name) for name in ("gettext", "ngettext", "pgettext", "npgettext")},
    "dgettext": lambda _, text: text,
    "dngettext": lambda _, one, many, count: one if count == 1 else many,
}
"""The module `gettext`."""


class Lock:
    """A lock of one thread, which is always free for it."""

    def acquire(self, *_: Any, **__: Any) -> bool:
        """Take it."""
        return True

    def release(self) -> None:
        """Give it back."""

    def locked(self) -> bool:
        """Return whether somebody has it."""
        return False

    def __enter__(self) -> bool:
        return True

    def __exit__(self, *_: object) -> None:
        return None


THREADING: dict[str, Any] = {"local": SimpleNamespace, "Lock": Lock, "RLock": Lock}
