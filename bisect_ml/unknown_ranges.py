"""What a deploy shipped, where git or the deploy log cannot tell: why that is, and what would tell."""

from bisect_ml.refs import short_ref
from bisect_ml.types import Deploy, RangeGap

_PLACES = {"missing": "the repository", "shallow": "this shallow clone"}
_FETCHES = {"missing": "git fetch --all --tags", "shallow": "git fetch --unshallow --tags"}


def why_unknown(deploy: Deploy, gap: RangeGap) -> str:
    """Say why what a deploy shipped is not known, as a clause."""
    if gap == "first":
        where = " ".join(part for part in (deploy.service, deploy.environment) if part)
        return f"no earlier deploy{f' of {where}' if where else ''} is in the deploy log"
    if deploy.sha is None:
        return f"its commit {short_ref(deploy.ref)} is not in {_PLACES[gap]}"
    before = "the commit" if gap == "missing" else "the history back to the commit"
    return f"{before} that served before it is not in {_PLACES[gap]}"


def how_to_know(gap: RangeGap) -> str:
    """Say in a sentence what to do to know what a deploy shipped, with commands in backticks."""
    if gap == "first":
        return "Add the deploy that came before it to the deploy log, and trace again."
    return f"Fetch what is missing, and trace again: `{_FETCHES[gap]}`."
