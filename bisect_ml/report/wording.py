"""The sentences of a report: what moved, what caused it, how sure that is.

Every renderer takes its words from here. Nothing here escapes: text from outside passes through
`untrusted` on its way into a page.
"""

import re
from collections.abc import Sequence
from datetime import timedelta

from bisect_ml.refs import SHORT
from bisect_ml.report.blames import Blame, blame, chance_of, ways_of
from bisect_ml.report.figures import count, duration, moment, probability, span
from bisect_ml.report.movements import movement, signature
from bisect_ml.saved_report import Finding, Suspect
from bisect_ml.types import Deploy
from bisect_ml.unknown_ranges import why_unknown
from bisect_ml.verdicts import deploy_key, reasons

ALMOST_CERTAIN, PROBABLE, POSSIBLE = 0.90, 0.60, 0.30

# A pull request or deploy is blamed instead of its commit where it is surer by this much.
_SURER_BY = 0.1
# From so many nats on, evidence against a suspect is the reason why its deploy is not blamed.
_AGAINST = -1.0
_LATE = timedelta(days=2)
# So many of the deploys that may have brought a commit are named.
_WAYS = 3


def verdict(finding: Finding) -> str:
    """Say in two sentences what moved and when, and what most likely caused it."""
    return f"{moved_at(finding)} {cause(finding)}"


def moved_at(finding: Finding) -> str:
    """Say what moved, how much and when: the first half of the verdict."""
    return f"{capital(movement(finding))}, at {moment(finding.onset)}."


def cause(finding: Finding, judged: Blame | None = None) -> str:
    """Say what most likely caused a finding and how sure that is: the second half of the verdict.

    Where code is blamed, the strongest reason for that no code did it comes after it.

    Args:
        finding: The finding, which may have been cut down to its first suspects and the lead.
        judged: The blame of the whole finding; taken from `finding` by default.
    """
    judged = judged or blame(finding)
    if judged.lead is None:
        return _no_code(finding, judged)
    told = reasons(finding.unexplained, finding.unexplained_probability)
    doubt = "".join(f" But {one.sentence.rstrip('.')}." for one in told[:1])
    return f"{_blamed_code(finding, finding.suspects[judged.lead], judged)}{doubt}"


def _blamed_code(finding: Finding, top: Suspect, judged: Blame) -> str:
    """Blame a commit, the merge or pull request that brought it, or its whole deploy: whichever is surest."""
    if top.sha is None:
        return _silent_deploy(top)
    name, live = suspect_name(top), went_live(finding, top)
    if top.joins:
        return _blamed(
            "caused by", name, top.change_probability or top.probability, f", {live}{_inside(finding, top)}"
        )
    second = runner_up(finding.suspects, top)
    ways = ways_of(finding, top)
    if len(ways) > 1:
        return _blamed("caused by", name, chance_of(ways), f"{second}, {_went_live_by(finding, ways)}")
    if top.probability >= PROBABLE:
        return _blamed("caused by", name, top.probability, f"{second}, {live}")
    guess = f"{_best_guess(top)}{second}"
    group = top.change_probability or 0.0
    if top.change not in (None, top.sha) and group >= max(PROBABLE, top.probability + _SURER_BY):
        number = top.pull_request
        merge = (
            f"pull request {pull_request_name(number)}" if number else f"merge {short_sha(top.change or '')}"
        )
        return _blamed("caused by", merge, group, f", {live}; {guess}")
    if judged.deploy_probability >= max(POSSIBLE, top.probability + _SURER_BY):
        whole = f"the {deploy_name(top.deploy)}"
        return _blamed("due to", whole, judged.deploy_probability, f"; {guess}")
    return _blamed("caused by", name, top.probability, f"{second}, {live}")


def _silent_deploy(top: Suspect) -> str:
    """Blame a deploy of which no commit is known."""
    name = f"the {deploy_name(top.deploy)}"
    if top.gap is not None:
        why = why_unknown(top.deploy, top.gap)
        return f"{_blamed('due to', name, top.probability, '')} What it shipped is not known: {why}."
    name += ", which shipped no new commit"
    return _blamed("due to", name, top.probability, ": look at its configuration and artefacts")


def _blamed(link: str, name: str, chance: float, rest: str) -> str:
    odds = f"{name} ({probability(chance)}){rest}."
    if chance < POSSIBLE:
        return f"Nothing stands out; the best guess is {odds}"
    return f"{capital(confidence(chance))} {link} {odds}"


def _no_code(finding: Finding, judged: Blame) -> str:
    chance = finding.unexplained_probability
    told = reasons(finding.unexplained, chance)
    if told:
        reason = told[0].sentence
    elif not finding.suspects:
        reason = "No deploy near the onset shipped or removed a commit."
    elif judged.timely is None:
        reason = "No deploy fits the onset better than chance would."
    else:
        reason = _rival(finding.suspects[judged.timely])
    odds = f"no code change explains this ({probability(chance)})"
    word = (
        f"Nothing stands out; likeliest is that {odds}"
        if chance < POSSIBLE
        else f"{confidence(chance)} {odds}"
    )
    return f"{capital(word)}. {capital(reason.rstrip('.'))}."


def _rival(timely: Suspect) -> str:
    """Say of the deploy that fits the onset what it shipped, and what speaks against that."""
    fits = f"the {deploy_name(timely.deploy)} fits the onset"
    if timely.gap is not None:
        return f"{fits}; what it shipped is not known: {why_unknown(timely.deploy, timely.gap)}"
    if timely.sha is None:
        return f"{fits}, but shipped no new commit"
    against = min(timely.evidence, key=lambda item: item.llr)
    but = f", but {against.sentence}" if against.llr <= _AGAINST else ""
    return f"{fits}; {_best_guess(timely)}{but}"


def _best_guess(suspect: Suspect) -> str:
    return f"in it the best guess is {suspect_name(suspect)} ({probability(suspect.probability)})"


def confidence(value: float) -> str:
    """Say a probability in words."""
    if value >= ALMOST_CERTAIN:
        return "almost certainly"
    if value >= PROBABLE:
        return "probably"
    return "possibly" if value >= POSSIBLE else "at a guess"


def confidence_legend() -> str:
    """Say which word stands for which probability."""
    high, middle, low = (f"{value:.0%}" for value in (ALMOST_CERTAIN, PROBABLE, POSSIBLE))
    return (
        f"“almost certainly” is {high} or more, “probably” {middle} to {high}, "
        f"“possibly” {low} to {middle}; below that nothing stands out."
    )


def short_sha(sha: str) -> str:
    """Shorten a sha as people quote it."""
    return sha[:SHORT]


def pull_request_name(number: str) -> str:
    """Write a pull request as people quote it: `#22`."""
    return f"#{number}" if number.isdecimal() else number


def place(deploy: Deploy) -> str:
    """Name the service and the environment that a deploy went to; empty where the log has neither."""
    return " ".join(part for part in (deploy.service, deploy.environment) if part)


def deploy_name(deploy: Deploy) -> str:
    """Name a deploy by its moment and where it went."""
    where = place(deploy)
    return f"deploy of {moment(deploy.started_at)}" + (f" to {where}" if where else "")


def suspect_name(suspect: Suspect) -> str:
    """Name a suspect commit or merge."""
    subject = f" “{suspect.subject}”" if suspect.subject else ""
    return f"{'commit' if suspect.joins is None else 'merge'} {short_sha(suspect.sha or '')}{subject}"


def silent_name(suspect: Suspect) -> str:
    """Name a deploy of which no commit is known, as a row of suspects does."""
    return "deploy without a new commit" if suspect.gap is None else "deploy; what it shipped is not known"


def _inside(finding: Finding, merge: Suspect) -> str:
    """Say as the end of a clause which commit of a merge to look at first."""
    joined = (one for one in finding.suspects if one is not merge and _came_together(one, merge))
    first = next(joined, None)
    return f"; inside it look first at {suspect_name(first)}" if first else ""


def _came_together(one: Suspect, other: Suspect) -> bool:
    return one.change == other.change and deploy_key(one.deploy) == deploy_key(other.deploy)


def _went_live_by(finding: Finding, ways: Sequence[Suspect]) -> str:
    """Say by which deploys a commit went live, with the chance of each."""
    told = [f"{went_live(finding, one)} ({probability(one.probability)})" for one in ways[:_WAYS]]
    verb = "taken out " if ways[0].direction == "removed" else "shipped "
    more = f" or {count(len(ways) - _WAYS, 'other deploy')}" if len(ways) > _WAYS else ""
    return " or ".join((told[0], *(each.removeprefix(verb) for each in told[1:]))) + more


def runner_up(suspects: Sequence[Suspect], top: Suspect) -> str:
    """Name the likeliest other commit as the end of a clause, where it is too likely to be left out."""
    others = [one for one in suspects if one.sha not in (None, top.sha)]
    second = max(others, key=lambda one: one.probability, default=None)
    if second is None or second.probability < POSSIBLE:
        return ""
    return f", or commit {short_sha(second.sha or '')} ({probability(second.probability)})"


def went_live(finding: Finding, suspect: Suspect) -> str:
    """Say how a suspect reached production: `shipped to scoring production 4 min before`."""
    removed = suspect.direction == "removed"
    verb = "taken out" if removed else "shipped"
    early = finding.onset - suspect.deploy.started_at
    if not timedelta(0) <= early <= _LATE:
        return f"{verb} by the {deploy_name(suspect.deploy)}"
    where = place(suspect.deploy)
    link = "" if not where else f" of {where}" if removed else f" to {where}"
    return f"{verb}{link} {duration(early.total_seconds())} before"


def headline(findings: Sequence[Finding], judged: Sequence[Blame] | None = None, *, unlisted: int = 0) -> str:
    """Say what a report holds.

    Args:
        findings: Its findings, which may have been cut down.
        judged: Their blames; taken from the findings by default.
        unlisted: How many findings are left out of these.
    """
    judged = [blame(finding) for finding in findings] if judged is None else judged
    if not findings:
        return "No break found: the predictions behaved alike over the whole log."
    if len(findings) == 1 and not unlisted:
        return f"{moved_at(findings[0])} {cause(findings[0], judged[0])}"
    unexplained = sum(one.no_code for one in judged)
    traced = len(findings) - unexplained
    parts = []
    if traced:
        parts.append(f"{traced} traced to a code change or deploy")
    if unexplained:
        parts.append(f"{unexplained} that no code change explains")
    if unlisted:
        parts.append(f"{unlisted} less sure not listed here")
    ongoing = sum(finding.ongoing and finding.recovers is None for finding in findings)
    still = f", {ongoing} ongoing" if ongoing else ""
    return f"{len(findings) + unlisted} incidents{still}: {', '.join(parts)}."


def impact(finding: Finding) -> str:
    """Say how far an incident reached: how long, which other series, how many predictions, since when."""
    parts = [_recovery(finding)]
    if finding.symptoms:
        slices = len({symptom.slice for symptom in finding.symptoms if symptom.slice})
        text = f"{count(len(finding.symptoms), 'other series', 'other series')} moved with it"
        parts.append(f"{text} ({count(slices, 'slice')})" if slices else text)
    if finding.rows_affected is not None:
        parts.append(f"{count(finding.rows_affected, 'prediction')} affected")
    sentences = [f"{'; '.join(parts)}.", f"It began between {span(*finding.interval, joined='and')}."]
    if finding.signature:
        sentences.append(f"The shift is about {signature(finding.signature)}.")
    return " ".join(sentences)


def _recovery(finding: Finding) -> str:
    if finding.recovers is not None:
        return f"Incident {finding.recovers} ended here"
    if finding.ongoing or finding.recovered_at is None:
        return "Still ongoing at the end of the log"
    lasted = duration((finding.recovered_at - finding.onset).total_seconds())
    return f"Recovered after {lasted}, at {moment(finding.recovered_at)}"


def capital(text: str) -> str:
    """Start a sentence, unless its first word is a name that must keep its case, such as a path."""
    first = text.partition(" ")[0]
    return text[:1].upper() + text[1:] if re.fullmatch(r"[a-z]+[,;:]?", first) else text
