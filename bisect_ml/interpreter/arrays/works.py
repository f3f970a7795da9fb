"""How much work a function of numpy is, and how large what it gives may be, told before it is asked.

Each raises `Exhausted` where the result would be too large.
"""

from typing import Any

import numpy as np

from bisect_ml.interpreter.arrays.computing import LARGEST, must_hold, weight
from bisect_ml.interpreter.arrays.given import Named
from bisect_ml.interpreter.arrays.operators import broadcast, product_work
from bisect_ml.interpreter.machine import Exhausted, Unsupported

_SLOW, _FLAT = 4, 2
_MOST_RANKS = 64


def given(named: Named) -> int:
    """Work that grows with what is given, and gives no more."""
    return sum(map(_weights, named.values())) * _SLOW


def _weights(value: Any) -> int:
    return sum(map(weight, value)) if isinstance(value, list) else weight(value)


def ranked(named: Named) -> int:
    """Work on places in the order of what is given: each place that is asked for is looked for on its own."""
    values, places = np.asarray(named["a"]), np.size(named["q"])
    axis = named.get("axis")
    if axis is not None and values.ndim:
        must_hold(places * values.size // max(min(values.shape), 1))
    return must_hold(places) + given(named) * min(places, _MOST_RANKS)


def joined(named: Named) -> int:
    """Work on arrays that are put beside one another; the longest text makes all as long."""
    return must_hold(sum(np.size(each) for each in _flat(named))) + given(named)


def _flat(named: Named) -> list[Any]:
    return [each for value in named.values() for each in (value if isinstance(value, list) else [value])]


def together(named: Named) -> int:
    """Work on arrays that are brought to one shape."""
    return broadcast(*_flat(named)) * _SLOW + given(named)


def pairs(named: Named) -> int:
    """Work on each element of one beside each of the other."""
    one, other, *_ = (np.size(each) for each in named.values())
    return must_hold(one * other) + given(named)


def walked(named: Named) -> int:
    """Work on each element of one beside each of the other, which gives no more than both."""
    one, other, *_ = (np.size(each) for each in named.values())
    return must_hold(one + other) + int(one * other)


def products(named: Named) -> int:
    """Work on a product of matrices."""
    one, other, *_ = named.values()
    return product_work(one, other)


def inner_products(named: Named) -> int:
    """Work on products of rows with rows."""
    one, other, *_ = named.values()
    if not np.ndim(one) or not np.ndim(other):
        return broadcast(one, other)
    inner = max(np.shape(one)[-1], 1)
    return must_hold(np.size(one) * np.size(other) // inner // inner) * int(inner)


def rows(named: Named) -> int:
    """Work on each row beside each other row."""
    size, count = np.size(named["m"]), len(np.atleast_2d(named["m"]))
    other = named.get("y")
    if other is not None:
        size, count = size + np.size(other), count + len(np.atleast_2d(other))
    if not named.get("rowvar", True):
        count = size // max(count, 1) + 1
    must_hold(count * count)
    return int(size * count) + given(named)


def rows_of_x(named: Named) -> int:
    """Likewise, for what names them otherwise."""
    return rows({"m": named["x"], **{name: each for name, each in named.items() if name != "x"}})


def solved(named: Named) -> int:
    """Work on square matrices, and on what is made of each."""
    matrix = np.asarray(next(iter(named.values())))
    longest = max(matrix.shape[-2:], default=1)
    must_hold(longest * longest)
    columns = max((np.shape(each)[-1] for each in list(named.values())[1:2] if np.ndim(each)), default=0)
    batch = max(matrix.size // max(longest, 1), 1) if matrix.ndim > _FLAT else 1
    return int(batch * longest * longest * (longest + columns)) + given(named)


def fitted(named: Named) -> int:
    """Work on matrices that are much longer than wide."""
    matrix = np.asarray(next(iter(named.values())))
    shortest = min(matrix.shape[-2:], default=1) if matrix.ndim > 1 else 1
    return must_hold(int(matrix.size)) * max(shortest, 1) * _SLOW + given(named)


def powers(named: Named) -> int:
    """Work on powers of a matrix."""
    if abs(named.get("n", 0)) > LARGEST:
        raise Exhausted
    return solved({"a": named["a"]}) * max(1, int(abs(named.get("n", 0))).bit_length())


def polynomial(named: Named) -> int:
    """Work on a fitted polynomial."""
    degree = named.get("deg", 1)
    if not isinstance(degree, int) or degree > 100:
        raise Unsupported
    return must_hold(np.size(named["x"]) * (max(degree, 0) + 1)) * (max(degree, 0) + 1) + given(named)


def evaluated(named: Named) -> int:
    """Work on the values of a polynomial."""
    return int(np.size(named["p"]) * np.size(named["x"])) + given(named)


def roots(named: Named) -> int:
    """Work on the roots of a polynomial, which are those of a matrix."""
    count = np.size(named["p"])
    return must_hold(count * count) * count


def shaped(named: Named) -> int:
    """Work on an array of a shape that is given."""
    shape = named.get("shape", ())
    lengths = shape if isinstance(shape, tuple) else (shape,)
    return must_hold(*lengths) + given({name: each for name, each in named.items() if name != "shape"})


def square(named: Named) -> int:
    """Work on a matrix of so many rows and columns."""
    count = int(named.get("N", named.get("n", 0)) or 0)
    other: int | None = named.get("M")
    return must_hold(count, count if other is None else other)


def columns(named: Named) -> int:
    """Work on powers of each element."""
    values = np.size(named["x"])
    count = named.get("N")
    return must_hold(values * max(values if count is None else count, 0))


def differences(named: Named) -> int:
    """Work on differences that are taken again and again."""
    return given(named) * max(1, int(named.get("n", 1)))


def divided(named: Named) -> int:
    """Work on an array in so many parts."""
    count = named["indices_or_sections"]
    return must_hold(count if isinstance(count, int) else len(count)) * _SLOW + given(named)


def on_diagonal(named: Named) -> int:
    """Work on a matrix with some numbers on its diagonal."""
    values = np.asarray(named["v"])
    side = len(values) + abs(named.get("k", 0)) if values.ndim == 1 else 0
    return must_hold(side * side) + given(named)


def spaced(named: Named) -> int:
    """Work on so many numbers between two ends."""
    count = named.get("num", 50)
    if not isinstance(count, int):
        raise TypeError("'float' object cannot be interpreted as an integer")
    return must_hold(broadcast(named["start"], named["stop"]) * max(count, 0))


def repeated(named: Named) -> int:
    """Work on an array whose elements are repeated."""
    times = np.asarray(named["repeats"])
    if times.dtype.kind not in "iub":
        return given(named)
    counts = [int(each) for each in times.ravel()[:LARGEST]]
    if any(each > LARGEST for each in counts):
        raise Exhausted
    size = np.size(named["a"])
    return must_hold(size * counts[0] if len(counts) == 1 else size * max(counts, default=0))


def tiled(named: Named) -> int:
    """Work on an array that is repeated as a whole."""
    reps = named["reps"]
    total = np.size(named["A"])
    for each in reps if isinstance(reps, tuple) else (reps,):
        total = must_hold(total * max(int(each), 0))
    return int(total)


def padded(named: Named) -> int:
    """Work on an array that is made wider at its ends."""
    width = np.asarray(named["pad_width"])
    most = int(width.max(initial=0)) if width.dtype.kind in "iu" else LARGEST
    return must_hold(*[each + 2 * most for each in np.shape(named["array"])]) + given(named)


def counted(named: Named) -> int:
    """Work on how often each whole number comes."""
    values = np.asarray(named["x"])
    most = int(values.max(initial=0)) if values.dtype.kind in "iub" else 0
    return must_hold(max(most, named.get("minlength", 0) or 0)) + given(named)


def binned(named: Named) -> int:
    """Work on how many elements are in each bin; rules for their widths could ask for any number."""
    bins = named.get("bins", 10)
    if isinstance(bins, str):
        raise Unsupported
    most = int(bins) if np.ndim(bins) == 0 else np.size(bins)
    return must_hold(most) + given(named)


def taken(named: Named) -> int:
    """Work on elements that are taken by their places."""
    values, places = np.asarray(named["a"]), np.size(named["indices"])
    axis = named.get("axis")
    along = values.size if axis is None or not values.ndim else values.shape[axis % values.ndim]
    return must_hold(places * (values.size // max(along, 1))) + given(named)


def meshed(named: Named) -> int:
    """Work on a grid of some axes."""
    axes = named["xi"]
    size = 1
    for each in axes:
        size = must_hold(size * np.size(each))
    return must_hold(size * max(len(axes), 1))
