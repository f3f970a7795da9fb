"""What belongs to one run: its budget, its global object, and the prototypes, which code may change."""

import sys
import threading
from collections.abc import Container, Iterator
from contextlib import contextmanager
from typing import Any

from bisect_ml.interpreter.machine import Machine

_DEEPEST = 9_000


class Realm:
    """A run.

    Attributes:
        machine: Its budget.
        hurried: The files whose loops end after some turns: tests that go through long tables.
        globals: The global object.
        errors: The prototypes of errors by their kinds.
        array_values: The iteration of arrays, as long as code has not changed it.
        arguments_props: What `arguments` has beside its items.
        regexp_exec: The search of regular expressions, likewise.
        make_regexp: Makes a regular expression of its source and its flags.
        read_json: Makes a value of a text.
        write_json: Makes a text of a value.
        evaluate: Runs a text.
        last_match: What a regular expression found last, and in which text.
        templates: What tags were given, by what gives it: always the same in a run, and not seen by others.
    """

    machine: Machine
    hurried: Container[str] = frozenset()
    globals: Any
    errors: dict[str, Any]
    object_proto: Any
    function_proto: Any
    array_proto: Any
    string_proto: Any
    number_proto: Any
    boolean_proto: Any
    symbol_proto: Any
    bigint_proto: Any
    regexp_proto: Any
    date_proto: Any
    map_proto: Any
    set_proto: Any
    promise_proto: Any
    iterator_proto: Any
    array_values: Any
    arguments_props: dict[Any, Any]
    regexp_exec: Any
    make_regexp: Any
    read_json: Any
    write_json: Any
    evaluate: Any
    last_match: tuple[Any, str] | None = None
    templates: dict[Any, Any]

    def __init__(self) -> None:
        self.templates = {}


NOW = Realm()
"""The run that is under way: primitive values find their methods in it, and so does every native."""
_LOCK = threading.RLock()


@contextmanager
def running(realm: Realm) -> Iterator[None]:
    """Let a run be the one that is under way, with room for calls within calls."""
    with _LOCK:
        before, limit = NOW.__dict__, sys.getrecursionlimit()
        NOW.__dict__ = realm.__dict__
        sys.setrecursionlimit(max(limit, _DEEPEST))
        try:
            yield
        finally:
            NOW.__dict__ = before
            sys.setrecursionlimit(limit)
