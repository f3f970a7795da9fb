"""Calls of an entry point as they are heard while tests run."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from bisect_ml.evidence.callees import Call, Callee
from bisect_ml.interpreter import Place, Stopped, written


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Example:
    """A call of an entry point, and of the constructor of its object before that.

    What is not heard is made up. `ran` holds the functions that it was heard to run. What `is_sought` was
    kept because both ends of what was shipped answer it otherwise: it does not say how often they do.
    """

    callee: Callee
    call: Call
    made: Call = field(default_factory=Call)
    is_heard: bool = False
    is_sought: bool = False
    ran: set[Place] = field(default_factory=set)

    def told(self) -> str:
        """Return the arguments as they would be written."""
        given = [
            *map(written, self.call.placed),
            *(f"{name}={written(value)}" for name, value in self.call.named),
        ]
        return ", ".join(given)

    def shown(self) -> str:
        """Return what tells it from others of its entry point: the call, and how its object was made."""
        return f"{self.told()} on {self.made}"

    def with_option(self, name: str, value: Any) -> "Example":
        """Return a call that is not heard: the same with one more value by its name."""
        others = [each for each in self.call.named if each[0] != name]
        call = replace(self.call, named=(*others, (name, value)))
        return replace(self, call=call, is_heard=False, ran=set())


def of_callee(callee: Callee, examples: Iterable[Example]) -> tuple[Example, ...]:
    """Return the same calls of another entry point."""
    return tuple(replace(each, callee=callee) for each in examples)


def distinct(examples: Iterable[Example], known: Iterable[Example], most: int) -> list[Example]:
    """Return the first so many of some examples, each once, but for those that are known.

    What is too long to be written is none.
    """
    before = {each.shown() for each in known}
    found: dict[str, Example] = {}
    for example in examples:
        with suppress(Stopped):
            shown = example.shown()
            if shown not in before:
                found.setdefault(shown, example)
        if len(found) >= most:
            break
    return list(found.values())


class Hearing:
    """Notes for each call that is heard what runs from then on, until the next one or the end.

    Args:
        ran: Where the machine notes the functions that it calls.
    """

    def __init__(self, ran: set[Place]) -> None:
        self._ran = ran
        self._last: set[Place] | None = None

    def begin(self, example: Example | None) -> None:
        """Note what ran since the last time, and go on with another example or with none."""
        if self._last is not None:
            self._last.update(self._ran)
        self._ran.clear()
        self._last = None if example is None else example.ran


class Listener(ABC):
    """Hears the calls of an entry point, and of what makes its objects.

    Attributes:
        callee: The entry point.
        constructor: Where what makes its object stands, be it that of a base, if anything does.
        hearing: What notes what they run.
        limit: How many examples are wanted for now.
        heard: Those that were heard, by what tells them apart.
    """

    def __init__(self, callee: Callee, hearing: Hearing) -> None:
        self.callee, self.hearing = callee, hearing
        self.constructor = callee.constructor
        self.limit = 0
        self.heard: dict[tuple[str, str], Example] = {}
        self._made: dict[int, tuple[Any, Call]] = {}

    @abstractmethod
    def split(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, Call | None]:
        """Return the object that a call was made on, and the call; None where it cannot be made again."""

    @abstractmethod
    def example(self, call: Call, made: Call) -> Example:
        """Return the example of a call, on an object that was made so."""

    def as_it_is(self, _: Any) -> Call | None:
        """Return what stands for an object itself where nobody heard how it was made; None if nothing can."""
        return None

    def is_full(self) -> bool:
        """Return whether no more calls are wanted for now."""
        return len(self.heard) >= self.limit

    def on_call(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """Note a call whose arguments can be given again."""
        if self.is_full():
            return
        own, call = self.split(args, kwargs)
        made: Call | None = Call()
        if self.constructor:
            # What `__new__` makes is known by its class only: it was the last one, or as good as that.
            known = [(each, *self._made.get(id(each), (None, None))) for each in (own, type(own))]
            made = next((making for each, owner, making in known if owner is each), None)
            made = made or self.as_it_is(own)
        if call is not None and made is not None:
            on = self.example(made, Call()).told()
            example = self.example(call, made)
            self.hearing.begin(self.heard.setdefault((example.told(), on), example))

    def on_making(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """Note how an object came about."""
        own, call = self.split(args, kwargs)
        if call is not None:
            self._made[id(own)] = own, call
