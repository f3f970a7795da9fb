"""How numbers stand in the sentences of the evidence."""

# Between these, numbers are written out, in thousands.
_PARTED_FROM, _WRITTEN_OUT_TO = 1e4, 1e12


def number(value: float) -> str:
    """Return four significant digits, with a true minus sign: `0.4162`, `33,640`."""
    written = f"{value:.4g}"
    if _PARTED_FROM <= abs(float(written)) < _WRITTEN_OUT_TO:
        written = f"{float(written):,.0f}"
    return written.replace("-", "−")


def times(ratio: float) -> str:
    """Return a ratio as a factor: `×101`, `÷101`, `×−1`."""
    if 0 < abs(ratio) < 1:
        return f"÷{number(1 / ratio)}"
    return f"×{number(ratio)}"


def points(share: float) -> str:
    """Return the difference of two shares in points of a hundred, with its sign: `+13.1 points`."""
    return f"{100 * share:+.1f} points".replace("-", "−")


def counted(count: int, noun: str) -> str:
    """Return a count with its noun: `1 commit`, `24 commits`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
