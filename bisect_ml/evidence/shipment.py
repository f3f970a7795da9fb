"""What a deploy without known commits can have changed."""

from bisect_ml.evidence.base import say
from bisect_ml.types import Candidate, Case, Evidence


def shipment(case: Case, candidate: Candidate) -> Evidence | None:
    """Say what a deploy shipped that brought no commit.

    Looks at: the commit that the deploy put live and the one that served before it, and whether git
    could list what lies between.

    Why it tells: a redeploy runs the same code; only configuration, data or the machine can differ. A
    range that git cannot list may hold anything. Both are weighed by the prior of such a deploy.

    When it misleads: when the deploy log names a commit that is not the one that was built.
    """
    del case
    release = candidate.release
    if release is None or candidate.commit is not None:
        return None
    if release.deploy.is_model:
        name = release.deploy.ref.removeprefix("models:/")
        return say("shipment", "model", f"put the model {name} live, and no code")
    sha = release.deploy.sha
    why = (
        f"git has no {release.deploy.ref[:12]}"
        if sha is None
        else "no deploy came before it"
        if release.previous is None
        else "git could not list the whole range"
        if release.truncated
        else None
    )
    if why is not None:
        return say("shipment", "unknown", f"what it shipped is not known: {why}")
    if release.previous and release.previous.sha == sha:
        return say("shipment", "same", f"ships {str(sha)[:7]}, which served already: no code changed")
    return say("shipment", "same", "brought no commit that counts here: no code changed")
