"""What a name in a deploy log can be to git: a sha, a tag, a branch, or more than one of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bisect_ml.git import safety

RefKind = Literal["commit", "tag", "branch", "remote branch", "ambiguous", "unknown"]

# A short sha, alone or at the end of what `git describe` prints: v1.2-14-gabc1234.
_SHORT_SHA = re.compile(r"[0-9a-fA-F]{4,64}|.+-g[0-9a-f]{4,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRef:
    """What a name is to git, and the commit it leads to, None where there is not exactly one."""

    sha: str | None
    kind: RefKind


def possible_names(ref: str) -> list[tuple[RefKind, str]]:
    """Return all that a name can be, in git's order of preference; nothing for what is no plain name."""
    if not safety.is_plain_ref(ref):
        return []
    if safety.is_full_sha(ref.lower()):
        return [("commit", ref.lower())]
    if ref == "HEAD" or ref.startswith("refs/"):
        return [("tag" if ref.startswith("refs/tags/") else "branch", ref)]
    names: list[tuple[RefKind, str]] = [
        ("tag", f"refs/tags/{ref}"),
        ("branch", f"refs/heads/{ref}"),
        ("remote branch", f"refs/remotes/{ref}"),
        ("remote branch", f"refs/remotes/origin/{ref}"),
    ]
    if _SHORT_SHA.fullmatch(ref):
        names.append(("commit", ref))
    return names


def decide(answers: Sequence[tuple[RefKind, str | None]]) -> FoundRef:
    """Choose between the things of one name, given the commit of each or None, or `ambiguous`.

    A remote branch counts where nothing local has the name. Things that lead to one commit are one.
    """
    present: list[tuple[RefKind, str]] = [(kind, sha) for kind, sha in answers if sha is not None]
    if not present:
        return FoundRef(sha=None, kind="unknown")
    known = [(kind, sha) for kind, sha in present if kind != "remote branch"] or present
    shas = {sha for _, sha in known}
    if "ambiguous" in shas or len(shas) > 1:
        return FoundRef(sha=None, kind="ambiguous")
    return FoundRef(sha=known[0][1], kind=known[0][0])
