"""SVG paths in few bytes: steps relative to the last point, in tenths of a pixel."""

from functools import lru_cache


class Pen:
    """Writes one path; rounding errors do not add up, because steps lead to rounded places."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._x = 0
        self._y = 0

    @property
    def down(self) -> bool:
        """Whether anything was drawn."""
        return bool(self._parts)

    @property
    def path(self) -> str:
        """The path so far, as the `d` of an SVG path."""
        return "".join(self._parts)

    def move(self, x: float, y: float) -> None:
        """Lift the pen and put it down at a place."""
        self._parts.append(f"{'m' if self._parts else 'M'}{self._step(x, y)}")

    def draw(self, x: float, y: float) -> None:
        """Draw a straight line to a place."""
        tenths = round(x * 10)
        if round(y * 10) == self._y:
            self._parts.append(f"h{_short(tenths - self._x)}")
            self._x = tenths
        else:
            self._parts.append(f"l{self._step(x, y)}")

    def rise(self, y: float) -> None:
        """Draw a vertical line to a height."""
        tenths = round(y * 10)
        self._parts.append(f"v{_short(tenths - self._y)}")
        self._y = tenths

    def _step(self, x: float, y: float) -> str:
        across, down = round(x * 10) - self._x, round(y * 10) - self._y
        self._x += across
        self._y += down
        vertical = _short(down)
        # A minus sign parts two numbers as well as a comma does.
        return f"{_short(across)}{vertical if vertical.startswith('-') else ',' + vertical}"


@lru_cache(maxsize=8192)
def _short(tenths: int) -> str:
    whole, rest = divmod(abs(tenths), 10)
    sign = "-" if tenths < 0 else ""
    if not rest:
        return f"{sign}{whole}"
    return f"{sign}{whole or ''}.{rest}"
