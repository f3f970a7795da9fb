"""The ratios that mistaken units and signs leave behind."""

import math

# Ratios that mistaken units leave behind, and how far (in log) a measured one may be from them.
UNIT_FACTORS = (10, 12, 24, 60, 100, 1000, 3600, 86_400, 1_000_000)
FACTOR_TOLERANCE = 0.05
SIGN_TOLERANCE = 0.1


def ratio_name(before: float, after: float) -> str | None:
    """Name the ratio of a shift where mistaken units or signs leave such: `x1000`, `/60`, `sign flip`."""
    if not (math.isfinite(before) and math.isfinite(after)) or before == 0 or after == 0:
        return None
    ratio = after / before
    if ratio == 0 or math.isinf(ratio):
        return None
    if abs(ratio + 1) < SIGN_TOLERANCE:
        return "sign flip"
    for factor in UNIT_FACTORS:
        if abs(math.log(abs(ratio)) - math.log(factor)) < FACTOR_TOLERANCE:
            return f"x{factor}" if ratio > 0 else f"x-{factor}"
        if abs(math.log(abs(ratio)) + math.log(factor)) < FACTOR_TOLERANCE:
            return f"/{factor}" if ratio > 0 else f"/-{factor}"
    return None
