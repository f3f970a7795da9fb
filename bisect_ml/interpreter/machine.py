"""What a run of the interpreter holds: its budget, its frames, and the ways in which it ends."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

# Python's own stack, which interpreted calls go several levels down each, must not end before.
DEEPEST = 120


Place = tuple[str, int]
"""Where a function stands: its path and the line of its `def`."""


class Stopped(BaseException):
    """The interpretation ends without a result; no `except` of interpreted code sees it."""


class Exhausted(Stopped):
    """The code takes more steps, or makes larger values, than the budget allows."""


class Unsupported(Stopped):
    """The code does what the interpreter does not do."""


def _refuse(*_: Any) -> None:
    raise Unsupported


Hear = Callable[[tuple[Any, ...], dict[str, Any]], None]
"""Is told of a call, with its arguments."""


@dataclass(slots=True, eq=False)
class Machine:
    """The budget of a run, and how modules are found.

    Attributes:
        find: Takes the name of a module, the path of the file that asks, and how many dots it puts before.
        left: Steps that may still be taken; a statement, a turn of a loop and a call are one each.
        to_load: Steps that modules may take while they are loaded, if these are not among the others.
        taken: Steps that were taken in all.
        depth: How many interpreted calls are open.
        ran: The places, path and first line, of the functions that were called.
        strangers: The names of what is unknown that was called.
        forgiven: The files whose assertions need not hold.
        watched: Who is told of each call of the function at a place, with its arguments.
        texts: What is in the files of the tree, by their paths.
        opened: The paths of those that the code has opened.
        everywhere: Names that the code has made known to all modules.
        run: Takes the path of a module, and the names that its text is run with.
        numbers: What was asked for its `id`, by the addresses that no code sees, with its number.
    """

    find: Callable[[str, str, int], "Module"]
    left: int = 0
    to_load: int | None = None
    taken: int = 0
    depth: int = 0
    ran: set[Place] = field(default_factory=set)
    strangers: set[str] = field(default_factory=set)
    forgiven: set[str] = field(default_factory=set)
    watched: dict[Place, Hear] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)
    everywhere: dict[str, Any] = field(default_factory=dict)
    run: Callable[[str, dict[str, Any]], None] = _refuse
    numbers: dict[int, tuple[Any, int]] = field(default_factory=dict)

    def watch(self, place: Place, hear: Hear) -> None:
        """Tell somebody of each call of the function at a place, beside those who are told already."""
        others = self.watched.get(place)

        def tell(args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
            if others is not None:
                others(args, kwargs)
            hear(args, kwargs)

        self.watched[place] = tell

    def spend(self, steps: int = 1) -> None:
        """Take one step, or several.

        Raises:
            Exhausted: So many are not left.
        """
        self.left -= steps
        self.taken += steps
        if self.left < 0:
            raise Exhausted

    def enter(self, place: Place) -> None:
        """Open a call of the function that stands there.

        Raises:
            Exhausted: No step is left, or too many calls are open.
        """
        self.spend()
        if self.depth >= DEEPEST:
            raise Exhausted
        self.depth += 1
        self.ran.add(place)


@dataclass(slots=True, eq=False)
class Frame:
    """The names that a piece of code sees while it runs.

    Attributes:
        machine: The run.
        names: Its own names: of a function, of a class body, or those of the module.
        module: The names of its module.
        outer: The frame of the function around it, none in a module.
        cell: The class around a method, once it is made; what `super()` needs.
        handled: The exception that is being handled.
    """

    machine: Machine
    names: dict[str, Any]
    module: dict[str, Any]
    outer: "Frame | None" = None
    cell: list[type] = field(default_factory=list)
    handled: BaseException | None = None


class Signal:
    """Why a block ended before its last statement."""

    __slots__ = ("value",)

    def __init__(self, value: Any = None) -> None:
        self.value = value


BREAK = Signal()
CONTINUE = Signal()

Evaluate = Callable[[Frame], Any]
Execute = Callable[[Frame], "Signal | None"]


class Module:
    """A module as interpreted code sees it: its names are its attributes."""

    __slots__ = ("names",)

    def __init__(self, names: dict[str, Any]) -> None:
        object.__setattr__(self, "names", names)

    def __getattr__(self, name: str) -> Any:
        if name in self.names:
            return self.names[name]
        if "__getattr__" in self.names:
            return self.names["__getattr__"](name)
        raise AttributeError(f"module {self.names.get('__name__')} has no attribute {name!r}")

    def all_names(self) -> dict[str, Any]:
        """Return what `__dict__` gives."""
        return self.names  # type: ignore[no-any-return]

    def __setattr__(self, name: str, value: Any) -> None:
        self.names[name] = value

    def __delattr__(self, name: str) -> None:
        self.names.pop(name, None)
