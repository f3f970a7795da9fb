"""Modules of a source tree, how code finds them, and what they share."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from bisect_ml.interpreter.machine import Exhausted, Machine, Unsupported
from bisect_ml.interpreter.unknown import Unknown
from bisect_ml.javascript.evaluating import evaluated
from bisect_ml.javascript.joining import joined_in
from bisect_ml.javascript.library import node, realm
from bisect_ml.javascript.objects import UNDEFINED, JSFunction, JSObject
from bisect_ml.javascript.programs import GIVEN, Module, Program, compiled, compiled_together
from bisect_ml.javascript.properties import get, listed_keys
from bisect_ml.javascript.realm import NOW, running
from bisect_ml.javascript.resolution import main_of, resolved
from bisect_ml.javascript.scopes import Env, Execute, Frame
from bisect_ml.javascript.sharing import asking, picked, required, through, window
from bisect_ml.javascript.statement_nodes import Export
from bisect_ml.javascript.tokens import prepared
from bisect_ml.javascript.values import at, made_object, native

_A_STEP = 20


class Modules:
    """The modules of a source tree; each is run when it is first asked for.

    Args:
        sources: Texts of files by their paths.
        foreign: Packages from elsewhere that are not unknown.

    Attributes:
        machine: The budget.
        realm: The run.
        reading_counts: Whether the reading of files takes steps, too.
    """

    def __init__(
        self, sources: Mapping[str, str], foreign: Mapping[str, Callable[[], Any]] | None = None
    ) -> None:
        self._sources = sources
        joined = joined_in(sources)
        self._joined = {path: each for each in reversed(joined) for path in each.paths}
        self._built = {each.made: each.paths[0] for each in joined}
        self._loaded: dict[str, Module] = {}
        self._opened: set[str] = set()
        self._makers = node.modules(sources, self._opened.add) | dict(foreign or {})
        self._made: dict[str, Any] = {}
        self._data: dict[str, Any] = {}
        self.machine = Machine(_refuse)
        self.reading_counts = False
        self.realm = realm(self.machine)
        self.realm.evaluate = evaluated

    @property
    def loaded(self) -> frozenset[str]:
        """The files that were run so far."""
        return frozenset(self._loaded) | frozenset(self._data) | self._opened

    def at(self, path: str) -> Module:
        """Return the module of a file.

        Raises:
            Unsupported: The file cannot be parsed.
            Exhausted: The budget is spent.
        """
        if path not in self._loaded:
            with running(self.realm):
                self._run(path)
        return self._loaded[path]

    def mains(self) -> list[str]:
        """Return the files that the tree's package shares with others, as far as they have run."""
        found = resolved(".", "package.json", self._sources, self._built)
        return [found] if found is not None and not found.endswith(".json") else []

    def prepare(self, path: str) -> None:
        """Run what prepares the package of a file for its use: its main file, if that does more than share.

        Raises:
            Exhausted: The budget is spent.
        """
        main = main_of(path, self._sources, self._built)
        with suppress(Unsupported):
            if main is not None and main not in self._loaded and compiled(main, self._sources[main]).acts:
                self.at(main)

    def _run(self, path: str) -> None:
        joined = self._joined.get(path)
        paths = joined.paths if joined else (path,)
        if self.reading_counts:
            self.machine.left -= sum(len(self._sources[each]) for each in paths) // _A_STEP
        if joined:
            program = compiled_together(*((each, self._sources[each]) for each in paths))
            path = joined.made
        else:
            program = compiled(path, self._sources[path])
        module = Module(path, program)
        self._loaded.update(dict.fromkeys(paths, module))
        this = UNDEFINED if program.is_es else module.exports
        env = module.env = [None, Frame(this, [], None), *program.scope.layout.blank()]
        given = module.exports, self._require(path), module.held, path, path.rpartition("/")[0]
        for name, value in zip(GIVEN, given, strict=True):
            env[program.scope.names[name]] = value
        for make, bind in program.functions:
            bind(env, make(env))
        self._share(module, program)
        for source, pairs in program.imports:
            self._import(module, source, pairs)
        for step, names in program.steps:
            self.machine.spend()
            _tolerantly(step, env, [(name, program.scope.names[name]) for name in names], path)
        module.is_done = True
        for each in module.waiting:
            each()

    def _share(self, module: Module, program: Program) -> None:
        """Let others see what the module exports, as it will be then."""
        for export in program.exports:
            if export.source:
                self._pass_on(module, export)
                continue
            for name, outside in export.pairs:
                place = program.scope.names.get(name)
                if outside == "=":
                    module.is_es = False
                elif name in program.scope.live:
                    module.exports.props[outside] = through(module.env, program.scope.names[name])
                elif place is not None:
                    module.exports.props[outside] = window(module.env, place)

    def _pass_on(self, module: Module, export: Export) -> None:
        def pass_on() -> None:
            for name, outside in export.pairs:
                if name != "*":
                    module.exports.props[outside] = picked(there(), name)
                elif outside != "*":
                    module.exports.props[outside] = there()
                elif isinstance(held := there(), JSObject):
                    for key in listed_keys(held):
                        if key != "default" and key not in module.exports.props:
                            module.exports.props[key] = get(held, key)

        there = self._wait(module, export.source, pass_on)
        pass_on()

    def _import(self, module: Module, source: str, pairs: list[tuple[str, str]]) -> None:
        there = self._wait(module, source, lambda: None)
        for name, here in pairs:
            module.env[module.names[here]] = there if name == "=" else asking(there, name)

    def _wait(self, module: Module, source: str, again: Callable[[], None]) -> Callable[[], Any]:
        """Return what gives another module; if that is under way, do something again when it is done."""
        path = resolved(source, module.path, self._sources, self._built)
        held = self._found(source, path)
        other = self._loaded.get(path or "")
        if other is None:
            return lambda: held
        if not other.is_done:
            other.waiting.append(again)
        return other.shared

    def _found(self, source: str, path: str | None) -> Any:
        if path is None:
            return self._from_elsewhere(source.removeprefix("node:"))
        if path.endswith(".json"):
            if path not in self._data:
                self._data[path] = NOW.read_json(prepared(self._sources[path]))
            return self._data[path]
        if path not in self._loaded:
            try:
                self._run(path)
            except Unsupported:
                return Unknown(path)
        return self._loaded[path].shared()

    def _from_elsewhere(self, name: str) -> Any:
        if name not in self._made:
            make = self._makers.get(name)
            self._made[name] = make() if make else Unknown(name)
        return self._made[name]

    def _require(self, asker: str) -> JSFunction:
        def require(_: Any, args: list[Any]) -> Any:
            source = at(args, 0)
            if not isinstance(source, str):
                return Unknown("require")
            path = resolved(source, asker, self._sources, self._built)
            found = self._found(source, path)
            return required(found) if path in self._loaded and self._loaded[path].is_es else found

        made = native("require", 1, require)
        made.props["resolve"] = native("resolve", 1, lambda _, args: at(args, 0))
        made.props["cache"] = made_object()
        return made


def _tolerantly(run: Execute, env: Env, bound: list[tuple[str, int]], path: str) -> None:
    """Run a statement of a module; what it would have bound is unknown where it fails."""
    try:
        run(env)
    except Exhausted:
        raise
    except (Exception, Unsupported):  # noqa: BLE001 - whatever becomes of it, the others are run
        for name, place in bound:
            if env[place] is UNDEFINED:
                env[place] = Unknown(f"{path}.{name}")


def _refuse(*_: Any) -> Any:
    raise Unsupported
