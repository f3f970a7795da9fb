"""The modules of numpy that code may import."""

import inspect
import math
from typing import Any

import numpy as np

from bisect_ml.interpreter.arrays import kinds, values
from bisect_ml.interpreter.arrays.computing import AxisError, LinAlgError
from bisect_ml.interpreter.arrays.creation import OWN
from bisect_ml.interpreter.arrays.functions import Function, Run, function_of, of_numpy, of_ufunc, parts_of
from bisect_ml.interpreter.arrays.reading import attribute
from bisect_ml.interpreter.arrays.tables import FUNCTIONS, LINEAR, OLD_NAMES, UFUNCS, Row
from bisect_ml.interpreter.arrays.values import Array
from bisect_ml.interpreter.held import seal
from bisect_ml.interpreter.machine import Machine, Unsupported
from bisect_ml.interpreter.shelves import shelf
from bisect_ml.interpreter.test_tools import TEST_TOOLS

kinds.read_by(attribute)
values.read_by(attribute)


def _listed(module: Any, rows: tuple[Row, ...]) -> dict[str, Run]:
    return {
        name: of_numpy(getattr(module, name), parameters, work)
        for work, parameters, names in rows
        for name in names.split()
        if hasattr(module, name)
    }


def _strictly(run: Run) -> Run:
    """Return a function that is not called with settings that it does not know: numpy may know them."""
    parameters = inspect.signature(run).parameters
    takes_any = any(each.kind is inspect.Parameter.VAR_KEYWORD for each in parameters.values())

    def strict(machine: Machine, *args: Any, **kwargs: Any) -> Any:
        if not takes_any and not kwargs.keys() <= parameters.keys():
            raise Unsupported
        return run(machine, *args, **kwargs)

    return strict


_UFUNCS = {name: getattr(np, name) for name in UFUNCS.split() if hasattr(np, name)}
_PARTS = {name: parts_of(ufunc) for name, ufunc in _UFUNCS.items()}
_RUNS: dict[str, Run] = {
    **_listed(np, FUNCTIONS),
    **{name: of_ufunc(ufunc) for name, ufunc in _UFUNCS.items()},
    **{name: _strictly(run) for name, run in OWN.items()},
}
_LINEAR = _listed(np.linalg, LINEAR)
_CLASSES: dict[str, Any] = {
    **kinds.ABSTRACT,
    **kinds.CONCRETE,
    "bool_": kinds.CONCRETE["bool"],
    **dict.fromkeys(("float_", "double"), kinds.CONCRETE["float64"]),
    **dict.fromkeys(("int_", "intp", "longlong"), kinds.CONCRETE["int64"]),
    **dict.fromkeys(("uint", "uintp"), kinds.CONCRETE["uint64"]),
    "single": kinds.CONCRETE["float32"],
    "half": kinds.CONCRETE["float16"],
    "intc": kinds.CONCRETE["int32"],
    "ubyte": kinds.CONCRETE["uint8"],
    "cdouble": kinds.CONCRETE["complex128"],
    "complex_": kinds.CONCRETE["complex128"],
    # Names that numpy had before version 2 for what is built in.
    "float": float,
    "int": int,
    "complex": complex,
    "str": str,
    "str_": str,
    "unicode_": str,
    "ndarray": Array,
    "dtype": kinds.Kind,
}
_CONSTANTS: dict[str, Any] = {
    "pi": math.pi,
    "e": math.e,
    "euler_gamma": float(np.euler_gamma),
    **dict.fromkeys(("inf", "Inf", "infty", "PINF", "Infinity"), math.inf),
    "NINF": -math.inf,
    **dict.fromkeys(("nan", "NaN", "NAN"), math.nan),
    "newaxis": None,
    "True_": kinds.shell(np.True_),
    "False_": kinds.shell(np.False_),
    "__version__": "2.0.0",
}
_HOLDING = (
    "assert_ assert_equal assert_allclose assert_almost_equal assert_approx_equal assert_array_equal "
    "assert_array_almost_equal assert_array_less assert_string_equal assert_no_warnings"
)
_RAISING = ("assert_raises", "assert_raises_regex", "assert_warns")
NAMES = frozenset({"numpy", "numpy.linalg", "numpy.testing", "numpy.exceptions"})


def modules_for(machine: Machine) -> dict[str, dict[str, Any]]:
    """Return the modules by their names, and what is in each, for a run that pays for what it calls."""

    def functions(runs: dict[str, Run], parts: dict[str, dict[str, Run]]) -> dict[str, Function]:
        return {name: function_of(machine, name, run, parts.get(name)) for name, run in runs.items()}

    own = functions(_RUNS, _PARTS)
    linear = {**functions(_LINEAR, {}), "LinAlgError": LinAlgError}
    errors = {"AxisError": AxisError}
    testing = {
        **functions(dict.fromkeys(_HOLDING.split(), _hold), {}),
        **dict.fromkeys(_RAISING, TEST_TOOLS["pytest"]["raises"]),
    }
    whole = {
        **own,
        **{old: own[name] for old, name in OLD_NAMES.items() if name in own},
        **_CLASSES,
        **_CONSTANTS,
        "AxisError": AxisError,
        "linalg": shelf("numpy.linalg", linear),
        "testing": shelf("numpy.testing", testing),
        "exceptions": shelf("numpy.exceptions", errors),
    }
    return {"numpy": whole, "numpy.linalg": linear, "numpy.testing": testing, "numpy.exceptions": errors}


def _hold(*_: Any, **__: Any) -> None:
    """Stand for what compares arrays in tests, where answers may be others than they were."""


seal()
