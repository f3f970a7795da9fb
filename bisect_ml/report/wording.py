"""Numbers, moments and names as people read them; every renderer takes its words from here.

Moments are printed in UTC in ISO order, which no country misreads. Nothing here escapes: text from
outside passes through `untrusted` on its way into a page.
"""

import math
import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from bisect_ml.saved_report import Finding, SavedSymptom, Suspect
from bisect_ml.types import Deploy

# Lowest probability that earns each word; printed in every report's notes.
CONFIDENCE_WORDS: tuple[tuple[float, str], ...] = (
    (0.90, "almost certainly"),
    (0.60, "probably"),
    (0.30, "possibly"),
    (0.0, "at best"),
)

_METRIC_NAMES = {
    "mean": "mean prediction",
    "std": "standard deviation of the predictions",
    "p05": "5th percentile of the predictions",
    "p50": "median prediction",
    "p95": "95th percentile of the predictions",
    "null_rate": "share of missing predictions",
    "count": "number of predictions",
}
_UNITS = {
    60: "minutes and seconds",
    100: "a share and per cent",
    1000: "seconds and milliseconds",
    3600: "hours and seconds",
    86_400: "days and seconds",
    1_000_000: "seconds and microseconds",
}
_RATES = ("null_rate", "share")


def number(value: float | None) -> str:
    """Write a number with three significant digits, `n/a` where there is none."""
    if value is None or math.isnan(value):
        return "n/a"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value == 0:
        return "0"
    magnitude = math.floor(math.log10(abs(value)))
    if magnitude >= 9 or magnitude < -4:
        mantissa, _, exponent = f"{value:.2e}".partition("e")
        return f"{_signed(mantissa)}e{int(exponent)}"
    decimals = max(0, 2 - magnitude)
    text = f"{value:,.{decimals}f}"
    return _signed(text.rstrip("0").rstrip(".") if "." in text else text)


def _signed(text: str) -> str:
    return text.replace("-", "−", 1) if text.startswith("-") else text


def count(value: int, one: str, many: str | None = None) -> str:
    """Write a count with its noun: `1 commit`, `12,000 rows`."""
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def probability(value: float) -> str:
    """Write a probability as a whole percentage, never rounded to certainty."""
    if not 0 <= value <= 1:
        return "n/a"
    if value == 0:
        return "0%"
    if value < 0.01:
        return "<1%"
    if value > 0.99:
        return ">99%"
    return f"{value:.0%}"


def confidence(value: float) -> str:
    """Say a probability in words; the ranges are `CONFIDENCE_WORDS`."""
    return next(word for lowest, word in CONFIDENCE_WORDS if value >= lowest or lowest == 0)


def confidence_legend() -> str:
    """Say which word stands for which probability."""
    (high, sure), (middle, probably), (low, possibly), (_, weak) = CONFIDENCE_WORDS
    return (
        f"“{sure}” is {high:.0%} or more, “{probably}” {middle:.0%} to {high:.0%}, "
        f"“{possibly}” {low:.0%} to {middle:.0%}, “{weak}” less."
    )


def moment(value: datetime, *, seconds: bool = False, zone: bool = True) -> str:
    """Write a UTC moment to the minute, or to the second."""
    return f"{value:%Y-%m-%d %H:%M:%S}"[: 19 if seconds else 16] + (" UTC" if zone else "")


def span(start: datetime, end: datetime) -> str:
    """Write two UTC moments, the day of the second only where it differs."""
    seconds = end - start < timedelta(minutes=2)
    last = moment(end, seconds=seconds, zone=False)
    if end.date() == start.date():
        last = last[11:]
    return f"{moment(start, seconds=seconds, zone=False)} to {last} UTC"


def duration(seconds: float) -> str:
    """Write a length of time in its two largest units."""
    seconds = round(abs(seconds))
    parts = []
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min"), (1, "s")):
        amount, seconds = divmod(seconds, size)
        if amount:
            parts.append(f"{amount} {unit}")
        if len(parts) == 2 or (parts and unit == "min"):
            break
    return " ".join(parts) or "0 s"


def is_rate(metric: str) -> bool:
    """Say whether a metric is a share of rows, which is read in per cent."""
    return metric.startswith(_RATES)


def measure(value: float | None, metric: str) -> str:
    """Write a value of a metric, shares of rows in per cent."""
    if value is None or math.isnan(value):
        return "n/a"
    return f"{number(value * 100)}%" if is_rate(metric) else number(value)


def metric_name(metric: str, of: str | None = None) -> str:
    """Name a metric, and the slice it was taken on, in words."""
    if metric.startswith("share[") and metric.endswith("]"):
        name = f"share of class {metric[6:-1]}"
    else:
        name = _METRIC_NAMES.get(metric, metric)
    return name if of is None else f"{name} for {of}"


def change(before: float | None, after: float | None, metric: str) -> str:
    """Write how far a metric moved: as a factor, in per cent, or in points for shares of rows."""
    if before is None or after is None or not (math.isfinite(before) and math.isfinite(after)):
        return ""
    if is_rate(metric):
        points = (after - before) * 100
        return f"{'+' if points >= 0 else ''}{number(points)} points"
    if before == 0 or after == 0 or (before < 0) != (after < 0):
        return f"{'+' if after >= before else ''}{number(after - before)}"
    ratio = after / before
    if ratio >= 1.95:
        return f"×{number(ratio)}"
    if ratio <= 1 / 1.95:
        return f"÷{number(1 / ratio)}"
    percent = (ratio - 1) * 100
    return f"{'+' if percent >= 0 else ''}{number(percent)}%"


def movement(moved: Finding | SavedSymptom) -> str:
    """Say what moved and how much: `the mean prediction rose 995-fold, from 0.42 to 418`."""
    name = f"the {metric_name(moved.metric, moved.slice)}"
    before, after = measure(moved.before, moved.metric), measure(moved.after, moved.metric)
    if moved.kind == "stuck":
        return f"{name} got stuck at {after} (before: {before})"
    if moved.before is None or moved.after is None:
        return f"{name} moved from {before} to {after}"
    verb = "rose" if moved.after >= moved.before else "fell"
    if moved.kind == "spread":
        verb = "widened" if moved.after >= moved.before else "narrowed"
    elif (moved.before < 0) != (moved.after < 0) and moved.before and moved.after:
        verb = "changed sign and " + verb
    return f"{name} {verb} {_amount(moved.before, moved.after, moved.metric)}, from {before} to {after}"


def _amount(before: float, after: float, metric: str) -> str:
    """Write the size of a change without its direction, as it follows a verb: `995-fold`, `12%`."""
    text = change(before, after, metric)
    return f"{text[1:]}-fold" if text.startswith(("×", "÷")) else f"by {text.lstrip('+−')}"


def short_sha(sha: str) -> str:
    """Shorten a sha as people quote it."""
    return sha[:10]


def deploy_name(deploy: Deploy) -> str:
    """Name a deploy by its moment and where it went."""
    where = " ".join(part for part in (deploy.service, deploy.environment) if part)
    return f"deploy of {moment(deploy.started_at)}" + (f" to {where}" if where else "")


def suspect_name(suspect: Suspect) -> str:
    """Name a suspect: its commit, or the deploy that shipped no commit."""
    if suspect.sha is None:
        return f"the {deploy_name(suspect.deploy)}, which shipped no new commit"
    subject = f" “{suspect.subject}”" if suspect.subject else ""
    return f"commit {short_sha(suspect.sha)}{subject}"


def signature(name: str) -> str:
    """Say what a ratio such as `x1000` is typical of: `1,000-fold, as between seconds and milliseconds`."""
    ratio = re.fullmatch(r"([x/])(-?)(\d{1,9})", name)
    if not ratio:
        return f"a {name}" if name == "sign flip" else name
    factor = int(ratio[3])
    text = f"{factor:,}-fold" if ratio[1] == "x" else f"1/{factor:,}"
    sign = " with the sign flipped" if ratio[2] else ""
    units = _UNITS.get(factor)
    return f"{text}{sign}, as between {units}" if units else text + sign


def no_code_leads(finding: Finding) -> bool:
    """Say whether *no code change explains this* is the finding's top answer.

    It is when it outweighs every deploy, taken with all its commits: many weak suspects of one deploy
    are still a reason to look at that deploy.
    """
    by_deploy = deploy_probabilities(finding.suspects)
    return finding.unexplained_probability >= max(by_deploy.values(), default=0.0)


def deploy_probabilities(suspects: Sequence[Suspect]) -> dict[str, float]:
    """Add the suspects' probabilities up by deploy (`when, id`), because one deploy ships many commits."""
    totals: dict[str, float] = {}
    for suspect in suspects:
        key = deploy_key(suspect.deploy)
        totals[key] = totals.get(key, 0.0) + suspect.probability
    return totals


def deploy_key(deploy: Deploy) -> str:
    """Tell deploys apart, also where a log gives no ids."""
    return f"{deploy.started_at.isoformat()} {deploy.id} {deploy.service} {deploy.environment}"


def verdict(finding: Finding) -> str:
    """Say in one or two sentences what moved, when, and what most likely caused it."""
    moved = movement(finding)
    return f"{moved[0].upper()}{moved[1:]}, at {moment(finding.onset)}. {cause(finding)}"


def cause(finding: Finding) -> str:
    """Say in one sentence what most likely caused a finding, and how sure that is."""
    if no_code_leads(finding):
        return _no_code(finding)
    top = finding.suspects[0]
    odds = f"({probability(top.probability)})"
    if top.sha is None:
        word = _sentence_start(confidence(top.probability))
        return f"{word} due to {suspect_name(top)} {odds}: look at its configuration and artefacts."
    how = "shipped by" if top.direction == "shipped" else "taken out by"
    if top.probability >= CONFIDENCE_WORDS[1][0]:
        word = _sentence_start(confidence(top.probability))
        return f"{word} caused by {suspect_name(top)} {odds}, {how} the {deploy_name(top.deploy)}."
    return _inside_a_group(finding, top)


def _inside_a_group(finding: Finding, top: Suspect) -> str:
    """Blame the smallest group that is sure enough: the pull request, else the deploy."""
    odds = f"({probability(top.probability)})"
    best = f"{suspect_name(top)} {odds}"
    verb = "shipped" if top.direction == "shipped" else "taken out"
    group = top.change_probability or 0.0
    if top.change and group >= max(CONFIDENCE_WORDS[1][0], top.probability + 0.1):
        name = f"pull request {top.pull_request}" if top.pull_request else f"merge {short_sha(top.change)}"
        word = _sentence_start(confidence(group))
        return (
            f"{word} caused by {name} ({probability(group)}), {verb} by the {deploy_name(top.deploy)}; "
            f"inside it the best guess is {best}."
        )
    total = min(1.0, deploy_probabilities(finding.suspects)[deploy_key(top.deploy)])
    if total >= top.probability + 0.1:
        word = _sentence_start(confidence(total))
        return (
            f"{word} due to the {deploy_name(top.deploy)} ({probability(total)}); "
            f"among what it {'shipped' if verb == 'shipped' else 'took out'}, the best guess is {best}."
        )
    word = _sentence_start(confidence(top.probability))
    return f"{word} caused by {best}, {verb} by the {deploy_name(top.deploy)}."


def _no_code(finding: Finding) -> str:
    odds = probability(finding.unexplained_probability)
    word = confidence(finding.unexplained_probability)
    told = max(finding.unexplained, key=lambda item: item.llr, default=None)
    if told is not None and told.llr > 0:
        reason = told.sentence
    elif not finding.suspects:
        reason = "No deploy near the onset shipped or removed a commit."
    else:
        reason = "No deploy fits the onset better than chance would."
    return f"No code change explains this, {word} ({odds}): {reason[0].lower()}{reason[1:]}"


def _sentence_start(word: str) -> str:
    return word[0].upper() + word[1:]


def headline(findings: Sequence[Finding]) -> str:
    """Say in one sentence what a report with several incidents, or none, holds."""
    if not findings:
        return "No break found: the predictions behaved alike over the whole log."
    if len(findings) == 1:
        return verdict(findings[0])
    unexplained = sum(no_code_leads(finding) for finding in findings)
    traced = len(findings) - unexplained
    parts = []
    if traced:
        parts.append(f"{traced} traced to a code change or deploy")
    if unexplained:
        parts.append(f"{unexplained} that no code change explains")
    return f"{len(findings)} incidents: {', '.join(parts)}."


def recovery(finding: Finding) -> str:
    """Say whether the break lasts, or how long it lasted."""
    if finding.ongoing or finding.recovered_at is None:
        return "still ongoing at the end of the log"
    lasted = duration((finding.recovered_at - finding.onset).total_seconds())
    return f"recovered at {moment(finding.recovered_at)}, after {lasted}"


def impact(finding: Finding) -> str:
    """Say how far an incident reached: duration, other series, rows."""
    parts = [recovery(finding)]
    if finding.symptoms:
        moved = finding.symptoms
        slices = len({symptom.slice for symptom in moved if symptom.slice})
        text = f"{count(len(moved), 'other series', 'other series')} moved with it"
        parts.append(f"{text} ({count(slices, 'slice')})" if slices else text)
    if finding.rows_affected is not None:
        parts.append(f"{count(finding.rows_affected, 'prediction')} affected")
    return _sentence_start("; ".join(parts)) + "."
