"""Deploys as symbols below a curve: each kind differs in shape, not only in colour."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from bisect_ml.report import figures
from bisect_ml.saved_report import SavedRelease
from bisect_ml.types import Deploy
from bisect_ml.verdicts import deploy_key

MarkKind = Literal["deploy", "suspect", "rollback", "failed"]

_CROWDED_PX = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A symbol: its place, its outline as an SVG path, and what it says when pointed at."""

    x: float
    kind: MarkKind
    shape: str
    text: str


def deploy_marks(
    deploys: Sequence[Deploy],
    releases: Sequence[SavedRelease],
    suspected: Deploy | None,
    *,
    x: Callable[[Deploy], float],
    y: float,
    most: int,
) -> tuple[Mark, ...]:
    """Place deploys on the lane `y`; the suspected one comes last, so that it stays on top.

    More than `most` plain deploys share one symbol, so that a busy log does not swell the file.
    """
    did = {release.deploy: release for release in releases}
    plain: list[Deploy] = []
    marks: list[Mark] = []

    def mark(deploy: Deploy, kind: MarkKind) -> Mark:
        at = x(deploy)
        text = deploy_text(deploy, did.get(deploy.id))
        return Mark(x=at, kind=kind, shape=outline(kind, at, y), text=text)

    key = deploy_key(suspected) if suspected else None
    for deploy in deploys:
        if deploy_key(deploy) == key:
            continue
        kind = mark_kind(deploy, did.get(deploy.id))
        if kind == "deploy":
            plain.append(deploy)
        elif len(marks) < most:
            marks.append(mark(deploy, kind))
    if len(plain) > most:
        marks.insert(0, _crowd([x(deploy) for deploy in plain], y))
    else:
        marks[:0] = [mark(deploy, "deploy") for deploy in plain]
    if suspected is not None:
        marks.append(mark(suspected, "suspect"))
    return tuple(marks)


def mark_kind(deploy: Deploy, release: SavedRelease | None) -> MarkKind:
    """Say which symbol a deploy takes."""
    if deploy.status == "failed":
        return "failed"
    if release is not None and (release.undoes or (release.removed and not release.shipped)):
        return "rollback"
    return "deploy"


def _crowd(places: Sequence[float], y: float) -> Mark:
    """Draw many deploys as one symbol with many triangles, one for all that stand within a few pixels."""
    shapes: list[str] = []
    last = -_CROWDED_PX
    for x in sorted(round(place) for place in places):
        if x - last >= _CROWDED_PX:
            shapes.append(outline("deploy", x, y))
            last = x
    text = figures.count(len(places), "deploy")
    return Mark(x=places[0], kind="deploy", shape="".join(shapes), text=text)


def outline(kind: MarkKind, x: float, y: float) -> str:
    """Return the SVG path of a symbol: diamond, downward or upward triangle, cross."""
    if kind == "suspect":
        return f"M{pixel(x)},{pixel(y - 7)}l7,7l-7,7l-7,-7z"
    if kind == "rollback":
        return f"M{pixel(x - 5)},{pixel(y - 4)}h10l-5,9z"
    if kind == "failed":
        return f"M{pixel(x - 4)},{pixel(y - 4)}l8,8m0,-8l-8,8"
    return f"M{pixel(x)},{pixel(y - 4)}l4,8h-8z"


def deploy_text(deploy: Deploy, release: SavedRelease | None) -> str:
    """Say what a deploy is and what it did."""
    text = f"{deploy.id}: {figures.moment(deploy.started_at)}"
    if deploy.status == "failed":
        return f"{text}, failed"
    return text if release is None else f"{text}, {release_text(release)}"


def release_text(release: SavedRelease) -> str:
    """Say what a release shipped, took out and undid."""
    did = []
    if release.shipped:
        did.append(f"{figures.count(release.shipped, 'commit')} shipped")
    if release.removed:
        did.append(f"{figures.count(release.removed, 'commit')} taken out")
    if release.undoes:
        did.append(f"undoes {release.undoes}")
    if release.gap is not None:
        did.append("more is not known" if did else "what it shipped is not known")
    return ", ".join(did) or "no new commit"


def pixel(value: float) -> str:
    """Write a coordinate to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")
