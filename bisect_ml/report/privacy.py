"""What a report must not tell: secrets never, diffs and authors only where they are wanted."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeAlias

from bisect_ml.saved_check import Bisection, CheckReport, Comparison, Coverage, Result, Side
from bisect_ml.saved_report import Finding, Hunk, Report, Suspect, Trial
from bisect_ml.types import Evidence

_Plain: TypeAlias = str | float | int | bool | None

_MASK = "[masked]"
# Code in a sentence stands in backticks; names and paths tell no more than the list of changed files.
_CODE = re.compile(r"`([^`]*)`")
_NAME = re.compile(r"[\w./-]+(?::\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Secret:
    """A kind of credential: what to replace, and the lower-case words one of which its text must hold."""

    words: tuple[str, ...]
    pattern: re.Pattern[str]
    instead: str = _MASK


_SECRETS = (
    # Passwords in addresses: scheme://user:password@host
    _Secret(
        words=("://",),
        pattern=re.compile(r"(?i)\b([a-z][a-z0-9+.-]{1,20}://)[^\s/@'\"<>]{1,200}@"),
        instead=rf"\1{_MASK}@",
    ),
    _Secret(
        words=("private key",),
        pattern=re.compile(
            r"(?s)-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----.{0,8000}?(-----END [A-Z ]{0,30}KEY-----|\Z)"
        ),
    ),
    # Tokens that announce themselves by their first letters.
    _Secret(
        words=("gh", "glpat", "xox"),
        pattern=re.compile(
            r"\b(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{20,255}"
            r"|glpat-[\w-]{16,64}|xox[abeoprs]-[\w-]{10,200})"
        ),
    ),
    _Secret(
        words=("akia", "asia", "aiza", "ya29"),
        pattern=re.compile(r"\b(?:(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[\w-]{30,45}|ya29\.[\w-]{20,300})"),
    ),
    _Secret(
        words=("sk-", "k_live_", "hf_", "pypi-", "npm_", "dapi"),
        pattern=re.compile(
            r"\b(?:sk-[\w-]{20,200}|[sr]k_live_\w{16,100}|hf_[A-Za-z0-9]{20,60}|pypi-[\w-]{20,250}"
            r"|npm_[A-Za-z0-9]{30,60}|dapi[a-f0-9]{32})"
        ),
    ),
    _Secret(words=("eyj",), pattern=re.compile(r"\beyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.[\w-]{5,1000}")),
    _Secret(
        words=("bearer", "basic"),
        pattern=re.compile(r"(?i)\b(bearer|basic)\s+[a-z0-9._~+/=-]{12,2000}"),
        instead=rf"\1 {_MASK}",
    ),
    # Assignments: password = "…", --token=…, "api_key": "…"
    _Secret(
        words=("pass", "secret", "token", "key", "credential", "connection"),
        pattern=re.compile(
            r"(?i)((?:\b|_)(?:pass(?:word|wd|phrase)?|secret(?:[_-]?(?:access[_-]?)?key)?|tokens?"
            r"|api[_-]?key|access[_-]?key|auth(?:orization)?[_-]?token|private[_-]?key|client[_-]?secret"
            r"|credentials?|connection[_-]?string)[\"']?\s*(?:=>|:=|[:=])\s*)"
            r"(?:\"[^\"\n]{4,2000}\"|'[^'\n]{4,2000}'|(?=[^\s,;]*\d)[A-Za-z0-9+/=_~-]{12,2000}(?![\w(\[.]))"
        ),
        instead=rf"\1{_MASK}",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hidden:
    """What is left out: all diffs, and these authors."""

    diffs: bool
    authors: frozenset[str]


# The commits of a deploy share many of their sentences.
@lru_cache(maxsize=2048)
def mask(text: str) -> str:
    """Replace what looks like a credential: tokens, keys, passwords in addresses and in assignments."""
    lower = text.lower()
    for secret in _SECRETS:
        if any(word in lower for word in secret.words):
            text = secret.pattern.sub(secret.instead, text)
    return text


def prepare(report: Report, *, diffs: bool = True, authors: bool = True) -> Report:
    """Return the report that may be shown: secrets masked, diffs and authors left out on request."""
    suspects = [suspect for incident in report.incidents for suspect in incident.suspects]
    hidden = _hidden(suspects, diffs=diffs, authors=authors)
    inputs = report.inputs
    return replace(
        report,
        inputs=replace(
            inputs,
            predictions=tuple(mask(item) for item in inputs.predictions),
            repository=inputs.repository and mask(inputs.repository),
            deploys=inputs.deploys and mask(inputs.deploys),
            repository_url=inputs.repository_url and mask(inputs.repository_url),
            link_template=inputs.link_template and mask(inputs.link_template),
            sha256={mask(file): digest for file, digest in inputs.sha256.items()},
        ),
        settings=_settings(report.settings),
        warnings=tuple(_told(text, hidden) for text in report.warnings),
        incidents=tuple(_finding(incident, hidden) for incident in report.incidents),
        reproduce=report.reproduce and mask(report.reproduce),
    )


def prepare_check(report: CheckReport, *, diffs: bool = True, authors: bool = True) -> CheckReport:
    """Return the check that may be shown: secrets masked, diffs and authors left out on request."""
    hidden = _hidden(report.suspects, diffs=diffs, authors=authors)
    return replace(
        report,
        base=_side(report.base, hidden),
        head=_side(report.head, hidden),
        comparison=_comparison(report.comparison, hidden),
        suspects=tuple(_suspect(suspect, hidden) for suspect in report.suspects),
        bisection=report.bisection and _bisection(report.bisection, hidden),
        next_step=_told(report.next_step, hidden),
        repository=report.repository and mask(report.repository),
        repository_url=report.repository_url and mask(report.repository_url),
        link_template=report.link_template and mask(report.link_template),
        settings=_settings(report.settings),
        warnings=tuple(_told(text, hidden) for text in report.warnings),
        sha256={mask(file): digest for file, digest in report.sha256.items()},
        logs={_told(name, hidden): mask(path) for name, path in report.logs.items()},
        reproduce=report.reproduce and mask(report.reproduce),
    )


def _side(side: Side, hidden: _Hidden) -> Side:
    return replace(
        side,
        name=mask(side.name),
        predictions=mask(side.predictions),
        subject=side.subject and _told(side.subject, hidden),
        command=side.command and mask(side.command),
    )


def _comparison(comparison: Comparison, hidden: _Hidden) -> Comparison:
    return replace(
        comparison,
        coverage=_coverage(comparison.coverage),
        results=tuple(_result(result, hidden) for result in comparison.results),
        rows=tuple(replace(one, slice=one.slice and mask(one.slice)) for one in comparison.rows),
        flips=tuple(replace(one, base=mask(one.base), head=mask(one.head)) for one in comparison.flips),
        guesses=tuple(_told(text, hidden) for text in comparison.guesses),
        warnings=tuple(_told(text, hidden) for text in comparison.warnings),
    )


def _result(result: Result, hidden: _Hidden) -> Result:
    return replace(
        result,
        metric=mask(result.metric),
        slice=result.slice and mask(result.slice),
        accepted=result.accepted and _told(result.accepted, hidden),
    )


def _coverage(coverage: Coverage) -> Coverage:
    def masked(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(mask(name) for name in names)

    return replace(
        coverage,
        key=masked(coverage.key),
        columns_lost=masked(coverage.columns_lost),
        columns_new=masked(coverage.columns_new),
        slices_lost=masked(coverage.slices_lost),
        slices_new=masked(coverage.slices_new),
        classes_lost=masked(coverage.classes_lost),
        classes_new=masked(coverage.classes_new),
        problems=masked(coverage.problems),
    )


def _bisection(bisection: Bisection, hidden: _Hidden) -> Bisection:
    return replace(
        bisection,
        subject=bisection.subject and _told(bisection.subject, hidden),
        reason=bisection.reason and _told(bisection.reason, hidden),
        trials=tuple(_trial(trial, hidden) for trial in bisection.trials),
    )


def _trial(trial: Trial, hidden: _Hidden) -> Trial:
    return replace(trial, sentence=_told(trial.sentence, hidden))


def _hidden(suspects: Iterable[Suspect], *, diffs: bool, authors: bool) -> _Hidden:
    names = frozenset(suspect.author for suspect in suspects if suspect.author)
    return _Hidden(diffs=not diffs, authors=frozenset() if authors else names)


def _settings(settings: Mapping[str, _Plain]) -> Mapping[str, _Plain]:
    return {name: mask(value) if isinstance(value, str) else value for name, value in settings.items()}


def _finding(finding: Finding, hidden: _Hidden) -> Finding:
    return replace(
        finding,
        suspects=tuple(_suspect(suspect, hidden) for suspect in finding.suspects),
        unexplained=_evidence(finding.unexplained, hidden),
        next_step=_told(finding.next_step, hidden),
    )


def _suspect(suspect: Suspect, hidden: _Hidden) -> Suspect:
    hunk = None if hidden.diffs else suspect.hunk
    return replace(
        suspect,
        subject=suspect.subject and _told(suspect.subject, hidden),
        author=None if suspect.author in hidden.authors else suspect.author and mask(suspect.author),
        evidence=_evidence(suspect.evidence, hidden),
        hunk=hunk and _masked_hunk(hunk),
        trial=suspect.trial and _trial(suspect.trial, hidden),
    )


def _masked_hunk(hunk: Hunk) -> Hunk:
    return Hunk(path=mask(hunk.path), text=mask(hunk.text), marks=tuple(mask(mark) for mark in hunk.marks))


def _evidence(told: Iterable[Evidence], hidden: _Hidden) -> tuple[Evidence, ...]:
    def facts(evidence: Evidence) -> dict[str, str | float | int]:
        # Facts in words quote the diff.
        return {
            name: mask(value) if isinstance(value, str) else value
            for name, value in evidence.facts.items()
            if not (hidden.diffs and isinstance(value, str))
        }

    return tuple(
        replace(
            item,
            sentence=_told(_uncoded(item.sentence) if hidden.diffs else item.sentence, hidden),
            facts=facts(item),
        )
        for item in told
    )


def _uncoded(sentence: str) -> str:
    """Take the code out of a sentence, but for names and paths."""
    told, _, code = sentence.partition(": `")
    if _NAME.fullmatch(code.removesuffix("`")):
        told = sentence
    return _CODE.sub(lambda found: found[0] if _NAME.fullmatch(found[1]) else "(code left out)", told)


def _told(text: str, hidden: _Hidden) -> str:
    """Mask a sentence, and take the names of authors out of it."""
    text = mask(text)
    for author in sorted(hidden.authors, key=len, reverse=True):
        if author.strip():
            text = text.replace(author, "an author")
    return text
