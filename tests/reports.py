"""Sample reports for the tests of the renderers, and `HOSTILE`, the strings that must run nothing."""

import hashlib
import math
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from bisect_ml.saved_report import (
    ChangedFile,
    Chart,
    Distribution,
    Finding,
    Hunk,
    Inputs,
    MixPart,
    Report,
    SavedRelease,
    SavedSymptom,
    Suspect,
    Trial,
)
from bisect_ml.types import Deploy, Direction, Evidence, RangeGap

START = datetime(2026, 1, 12, tzinfo=UTC)
DAYS = 70

HOSTILE = (
    "<script>window.pwned=1</script>",
    "\"><img src=x onerror='window.pwned=1'>",
    "</script><script>window.pwned=1</script>",
    "</title></svg><svg onload=window.pwned=1>",
    "javascript:window.pwned=1",
    "\u202egnp.exe\u2066 bidi",
    "nul\x00 ansi\x1b[31m\x1b]8;;https://evil.example\x07link\x1b]8;;\x07",
    "{{ 7*7 }}{% raw %}${7*7}",
    "::error file=x::owned",
    "a|b `code` @everyone [x](javascript:window.pwned=1) #1 https://evil.example ~~~",
)


def at(days: float) -> datetime:
    """Return the moment so many days into the sample log."""
    return START + timedelta(days=days)


def sha(number: int) -> str:
    """Return a made-up sha of 40 hex digits."""
    return hashlib.sha1(str(number).encode()).hexdigest()


def deploy(number: int, day: float, *, service: str | None = "scoring", status: str = "succeeded") -> Deploy:
    """Return a deploy of the sample service."""
    return Deploy(
        id=f"d{number}",
        ref=f"v1.{number}.0",
        sha=sha(1000 + number),
        service=service,
        environment="production",
        started_at=at(day),
        finished_at=at(day) + timedelta(minutes=6),
        status="failed" if status == "failed" else "succeeded",
    )


def chart(
    level: Callable[[float], float], *, hours: float = 6, noise: float = 0.04, days: int = DAYS
) -> Chart:
    """Draw a seasonal series around `level(day)`, without values on one outage night."""
    rng = np.random.default_rng(7)
    size = int(days * 24 / hours)
    times = START.timestamp() + np.arange(size) * hours * 3600
    values: list[float | None] = []
    for index in range(size):
        day = index * hours / 24
        season = 1 + 0.06 * math.sin(2 * math.pi * day) + 0.03 * math.sin(2 * math.pi * day / 7)
        value = level(day) * season * math.exp(noise * rng.standard_normal())
        values.append(None if 30.9 < day < 31.3 else float(f"{value:.5g}"))
    return Chart(times=tuple(times.tolist()), values=tuple(values), width_s=hours * 3600)


HUNK = Hunk(
    path="scoring/features/trip_duration.py",
    text=(
        "@@ -41,9 +41,9 @@ def trip_duration(pickup: Event, dropoff: Event) -> float:\n"
        " \n"
        "     Missing pickups give the city's median.\n"
        '     """\n'
        "     if pickup.at is None:\n"
        "         return MEDIAN_TRIP[pickup.city]\n"
        "-    elapsed = (dropoff.at - pickup.at).total_seconds()\n"
        "-    return elapsed\n"
        "+    elapsed_ms = (dropoff.at - pickup.at).total_seconds() * 1000\n"
        "+    return elapsed_ms\n"
        " \n"
        " \n"
        " def trip_distance(pickup: Event, dropoff: Event) -> float:\n"
    ),
    marks=("* 1000", "elapsed_ms"),
)


def suspect(
    number: int,
    probability: float,
    of: Deploy,
    subject: str,
    evidence: tuple[Evidence, ...],
    *,
    author: str = "Ines Duarte",
    direction: Direction = "shipped",
    hunk: Hunk | None = None,
    pull_request: str | None = None,
) -> Suspect:
    """Return a suspect commit of a deploy."""
    return Suspect(
        sha=sha(number),
        probability=probability,
        deploy=of,
        subject=subject,
        author=author,
        committed_at=of.started_at - timedelta(hours=20 + number),
        evidence=evidence,
        direction=direction,
        change=sha(number + 500) if pull_request else None,
        change_probability=min(1.0, probability + 0.02) if pull_request else None,
        pull_request=pull_request,
        files=(
            ChangedFile(path="scoring/features/trip_duration.py", status="M", added=2, removed=2),
            ChangedFile(path="tests/test_trip_duration.py", status="M", added=14, removed=3),
        ),
        hunk=hunk,
    )


def told(scorer: str, llr: float, sentence: str) -> Evidence:
    """Return one piece of evidence."""
    return Evidence(scorer=scorer, llr=llr, sentence=sentence)


DEPLOYS = tuple(deploy(number, 2.4 + number * 3.7) for number in range(18))
BAD, UNDO = DEPLOYS[12], DEPLOYS[14]


def unit_mix_up() -> Finding:
    """Return an incident that one commit almost certainly caused."""
    onset = BAD.started_at + timedelta(minutes=4)
    series = chart(lambda day: 412.0 if BAD.started_at <= at(day) < UNDO.started_at else 0.42)
    br = chart(lambda day: 398.0 if BAD.started_at <= at(day) < UNDO.started_at else 0.40, hours=12)
    de = chart(lambda day: 455.0 if BAD.started_at <= at(day) < UNDO.started_at else 0.45, hours=12)
    symptoms = tuple(
        SavedSymptom(
            metric=metric,
            slice=part,
            kind="ratio",
            before=before,
            after=after,
            onset=onset + timedelta(minutes=2),
            confidence=0.99,
            chart=drawn,
        )
        for metric, part, before, after, drawn in (
            ("p50", None, 0.39, 388.0, series),
            ("p95", None, 0.81, 802.0, series),
            ("mean", "country=BR", 0.40, 398.0, br),
            ("mean", "country=DE", 0.45, 455.0, de),
            ("std", None, 0.21, 209.0, None),
        )
    )
    others = tuple(
        suspect(
            40 + index,
            probability,
            BAD,
            subject,
            (
                told("timing", 3.1, "Went live 4 minutes before the onset."),
                told("inert change", -4.0, f"Only touches {what}: predictions cannot move."),
            ),
            author="Tomás Rey",
        )
        for index, (probability, subject, what) in enumerate(
            (
                (0.004, "Document the feature store in the README", "documentation"),
                (0.003, "Format with ruff", "formatting"),
                (0.002, "Test the median fallback", "tests"),
            )
        )
    )
    return Finding(
        id=1,
        onset=onset,
        interval=(BAD.started_at + timedelta(minutes=1), BAD.started_at + timedelta(minutes=9)),
        metric="mean",
        slice=None,
        kind="ratio",
        before=0.42,
        after=418.0,
        ongoing=False,
        recovered_at=UNDO.started_at + timedelta(minutes=5),
        confidence=0.999,
        symptoms=symptoms,
        suspects=(
            suspect(
                31,
                0.914,
                BAD,
                "Measure trip duration with datetimes",
                (
                    told(
                        "timing", 3.1, "Went live 4 minutes before the onset, the only deploy within a day."
                    ),
                    told("signature", 4.2, "The shift is ×1000 and the diff adds `* 1000`."),
                    told("rollback", 2.6, "The series recovered when deploy d14 took this commit out."),
                    told("names", 0.9, "The changed function `trip_duration` feeds the prediction."),
                    told("size and risk", -0.2, "A small change: 16 lines in 2 files."),
                ),
                hunk=HUNK,
                pull_request="#482",
            ),
            suspect(
                32,
                0.031,
                BAD,
                "Cache city medians for an hour",
                (
                    told("timing", 3.1, "Went live 4 minutes before the onset."),
                    told("code role", 0.7, "Touches feature code."),
                    told("signature", -1.3, "Nothing in the diff multiplies or divides by 1000."),
                ),
                author="Wei Zhang",
            ),
            suspect(
                33,
                0.011,
                BAD,
                "Bump numpy from 2.3.4 to 2.4.0",
                (
                    told("timing", 3.1, "Went live 4 minutes before the onset."),
                    told("dependency", 0.5, "numpy moved from 2.3.4 to 2.4.0."),
                    told("signature", -1.3, "A library update seldom scales one number by 1000."),
                ),
                author="renovate[bot]",
            ),
            *others,
        ),
        unexplained_probability=0.035,
        unexplained=(
            told("mix shift", -3.0, "Every slice moved alike: the traffic mix does not explain it."),
        ),
        signature="x1000",
        chart=series,
        next_step="Read `git show 632667547e`; roll back or fix `trip_duration`.",
        rows_affected=41_230,
        distribution=Distribution(
            edges=(0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0),
            before=(0.29, 0.68, 0.03, 0, 0, 0, 0, 0),
            after=(0, 0, 0, 0, 0, 0.02, 0.27, 0.71),
        ),
    )


def mix_shift() -> Finding:
    """Return an incident that no code change explains."""
    onset = at(57.4)
    series = chart(lambda day: 0.52 if day >= 57.4 else 0.42, noise=0.03)
    return Finding(
        id=2,
        onset=onset,
        interval=(onset - timedelta(hours=5), onset + timedelta(hours=7)),
        metric="mean",
        slice=None,
        kind="level",
        before=0.421,
        after=0.518,
        ongoing=True,
        recovered_at=None,
        confidence=0.97,
        symptoms=(),
        suspects=(
            suspect(
                60,
                0.06,
                DEPLOYS[15],
                "Raise the retry limit of the geocoder",
                (
                    told("timing", -0.4, "Went live 19 hours after the onset interval opens."),
                    told("code role", -0.8, "Touches serving code that does not compute predictions."),
                ),
            ),
        ),
        unexplained_probability=0.94,
        unexplained=(
            told(
                "mix shift",
                5.1,
                "Traffic moved to tier=business (12% to 41% of the rows); inside each tier nothing moved.",
            ),
            told("timing", 0.8, "No deploy went live within 18 hours before the onset."),
        ),
        chart=series,
        next_step="Compare the traffic of tier=business before and after 2026-03-10 09:36 UTC.",
        rows_affected=52_800,
        mix=(
            MixPart(
                slice="tier=business", share_before=0.12, share_after=0.41, mean_before=0.74, mean_after=0.74
            ),
            MixPart(
                slice="tier=private", share_before=0.88, share_after=0.59, mean_before=0.38, mean_after=0.381
            ),
        ),
    )


def slice_break() -> Finding:
    """Return an incident of one slice where two commits of one deploy share the blame."""
    of = DEPLOYS[6]
    series = chart(lambda day: 0.031 if day >= 24.61 else 0.004, noise=0.2)
    return Finding(
        id=3,
        onset=of.started_at + timedelta(minutes=22),
        interval=(of.started_at - timedelta(minutes=10), of.started_at + timedelta(hours=3)),
        metric="null_rate",
        slice="country=PT",
        kind="null rate",
        before=0.004,
        after=0.031,
        ongoing=True,
        recovered_at=None,
        confidence=0.93,
        symptoms=(),
        suspects=(
            suspect(
                71,
                0.46,
                of,
                "Require a postcode for PT",
                (told("names", 1.9, "The diff names `PT`."),),
                hunk=HUNK,
            ),
            suspect(
                72,
                0.41,
                of,
                "Drop rows without an address",
                (told("code role", 1.1, "Touches preprocessing."),),
            ),
        ),
        unexplained_probability=0.13,
        chart=series,
        next_step="Tell the two apart: `bisect-ml check 2f1c0d9 8ab3e61`",
    )


def redeploy() -> Finding:
    """Return an incident whose best suspect is a deploy that shipped no commit."""
    of = replace(DEPLOYS[9], ref=DEPLOYS[8].ref, sha=DEPLOYS[8].sha)
    return Finding(
        id=4,
        onset=of.started_at + timedelta(minutes=11),
        interval=(of.started_at, of.started_at + timedelta(minutes=30)),
        metric="share[fraud]",
        slice=None,
        kind="share",
        before=0.021,
        after=0.094,
        ongoing=True,
        recovered_at=None,
        confidence=0.98,
        symptoms=(),
        suspects=(
            Suspect(
                sha=None,
                probability=0.72,
                deploy=of,
                subject=None,
                author=None,
                committed_at=None,
                evidence=(
                    told("timing", 2.2, "Started 11 minutes before the onset and shipped no new commit."),
                ),
            ),
        ),
        unexplained_probability=0.28,
        chart=chart(lambda day: 0.094 if day >= 35.7 else 0.021),
        next_step="Compare the configuration of v1.8.0 before and after the redeploy.",
    )


def unknown_range(gap: RangeGap, *, git_has_it: bool = True) -> Finding:
    """Return an incident whose best suspect is a deploy of which nobody knows what it shipped."""
    finding = redeploy()
    (one,) = finding.suspects
    of = one.deploy if git_has_it else replace(one.deploy, sha=None)
    evidence = (told("timing", 2.2, "Started 11 minutes before the onset."),)
    return replace(finding, suspects=(replace(one, deploy=of, gap=gap, evidence=evidence),), next_step="")


def removed() -> Finding:
    """Return an incident that began when a rollback took a fix out."""
    return replace(
        slice_break(),
        id=5,
        onset=UNDO.started_at + timedelta(minutes=3),
        interval=(UNDO.started_at, UNDO.started_at + timedelta(minutes=40)),
        chart=chart(lambda day: 0.031 if at(day) >= UNDO.started_at else 0.004, noise=0.2),
        suspects=(
            suspect(
                81,
                0.87,
                UNDO,
                "Clip scores to the calibrated range",
                (told("timing", 2.4, "Taken out 3 minutes before the onset."),),
                direction="removed",
            ),
        ),
        unexplained_probability=0.13,
    )


def report(*incidents: Finding, warnings: tuple[str, ...] = ()) -> Report:
    """Return a report with these incidents, on the sample log."""
    whole = chart(lambda day: 412.0 if BAD.started_at <= at(day) < UNDO.started_at else 0.42)
    return Report(
        created_at=datetime(2026, 3, 23, 9, 30, 12, 345678, tzinfo=UTC),
        inputs=Inputs(
            predictions=("logs/predictions.csv.gz",),
            repository="/srv/checkouts/scoring",
            deploys="deploys.csv",
            columns={"timestamp": "ts", "prediction": "eta", "slices": "country, tier", "version": None},
            slices=("country", "tier"),
            rows=214_018,
            unreadable_rows=12,
            log_start=START,
            log_end=at(DAYS),
            bucket_s=21600.0,
            series=38,
            deploys_read=len(DEPLOYS),
            repository_url="https://github.com/acme/scoring",
            sha256={
                "logs/predictions.csv.gz": "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c"
            },
        ),
        settings={"min_confidence": 0.9, "tz": "UTC", "entry": None, "max_incidents": 20, "quiet": False},
        warnings=warnings,
        incidents=incidents,
        deploys=DEPLOYS,
        releases=tuple(
            SavedRelease(
                deploy=item.id,
                previous_sha=DEPLOYS[index - 1].sha if index else None,
                shipped=0 if item is UNDO else 4 + index % 5,
                removed=9 if item is UNDO else 0,
                undoes="d12" if item is UNDO else None,
            )
            for index, item in enumerate(DEPLOYS)
        ),
        chart=whole,
        chart_metric="mean",
        reproduce="bisect-ml trace logs/predictions.csv.gz --repo scoring --deploys deploys.csv",
        tool_version="0.1.0",
        versions={"python": "3.11.7", "ruptures": "1.1.10", "duckdb": "1.4.1"},
    )


WARNINGS = (
    "No rows between 2026-02-11 21:36 and 2026-02-12 07:12 UTC: a break inside that gap has no exact onset.",
    "12 of 214,018 rows could not be read and were left out.",
    "Steps of the mean smaller than 3% would not have been found.",
)


def one_incident() -> Report:
    """Return the report that the pictures show."""
    return report(unit_mix_up(), warnings=WARNINGS)


def several() -> Report:
    """Return a report with every kind of incident."""
    return report(slice_break(), redeploy(), unit_mix_up(), removed(), mix_shift(), warnings=WARNINGS)


def unexplained() -> Report:
    """Return a report whose only incident no code change explains."""
    return report(mix_shift(), warnings=WARNINGS[:1])


def clean() -> Report:
    """Return a report without incidents."""
    return report(warnings=WARNINGS[1:])


def replayed() -> Report:
    """Return the report of one incident whose first suspects were run again on recorded inputs."""
    finding = unit_mix_up()
    first, second, third, *others = finding.suspects
    suspects = (
        replace(first, trial=Trial(sha=first.sha or "", outcome="confirmed", effect=994.0,
                                   sentence="it brings the shift: the mean rises 995-fold over `HEAD~1`")),
        replace(second, trial=Trial(sha=second.sha or "", outcome="cleared", effect=0.0,
                                    sentence="it changes no prediction")),
        replace(third, trial=Trial(sha=third.sha or "", outcome="skipped",
                                   sentence="it could not be installed")),
        *others,
    )  # fmt: skip
    return report(replace(finding, suspects=suspects), warnings=WARNINGS)


def hostile(text: str) -> Report:
    """Return a report that carries `text` in every field that comes from outside."""
    base = several()
    bad_deploy = replace(BAD, id=text, ref=text, service=text, environment=text)
    hunk = Hunk(path=text, text=f"@@ -1 +1 @@ {text}\n-{text}\n+{text} * 1000\n", marks=("* 1000", text))

    def spoil(item: Suspect) -> Suspect:
        return replace(
            item,
            deploy=replace(item.deploy, id=text, ref=text, service=text, environment=text),
            subject=text,
            author=text,
            pull_request=text,
            evidence=(told("timing", 1.0, text), told("names", -1.0, text)),
            files=(ChangedFile(path=text, status="M", added=1, removed=1),),
            hunk=hunk,
            trial=Trial(sha=sha(1), outcome="confirmed", sentence=text),
        )

    def spoil_sha(item: Suspect) -> Suspect:
        return replace(item, sha=text, change=text)

    def spoil_finding(item: Finding) -> Finding:
        first, *others = (spoil(suspect) for suspect in item.suspects)
        return replace(
            item,
            metric=f"share[{text}]",
            slice=f"{text}={text}",
            symptoms=tuple(replace(s, slice=f"{text}={text}") for s in unit_mix_up().symptoms),
            # The first keeps a sha that can be linked.
            suspects=(first, *map(spoil_sha, others)),
            unexplained=(told("mix shift", 1.0, text),),
            signature=text,
            next_step=text,
            mix=(MixPart(slice=text, share_before=0.1, share_after=0.2, mean_before=1, mean_after=2),),
        )

    inputs = replace(
        base.inputs,
        predictions=(text,),
        repository=text,
        deploys=text,
        columns={text: text},
        slices=(text,),
        repository_url=text,
        link_template=text,
        sha256={text: text},
    )
    return replace(
        base,
        inputs=inputs,
        settings={text: text},
        warnings=(text,),
        incidents=tuple(spoil_finding(item) for item in base.incidents),
        deploys=(bad_deploy, *DEPLOYS[1:]),
        releases=(SavedRelease(deploy=text, previous_sha=None, shipped=1, removed=0, undoes=text),),
        chart_metric=text,
        reproduce=text,
        tool_version=text,
        versions={text: text},
    )


def largest() -> Report:
    """Return the largest report of the budget: 50 incidents of 200 suspects, 5,000 buckets."""
    rng = np.random.default_rng(1)
    times = tuple((START.timestamp() + np.arange(5000) * 1200.0).tolist())
    series = Chart(times=times, values=tuple(np.exp(rng.standard_normal(5000)).tolist()), width_s=1200.0)
    deploys = tuple(deploy(number, number / 4) for number in range(280))
    template = unit_mix_up()
    suspects = tuple(
        replace(template.suspects[0], sha=sha(index), probability=0.96 / 200, deploy=deploys[index])
        for index in range(200)
    )
    incidents = tuple(
        replace(
            template,
            id=number + 1,
            suspects=suspects,
            unexplained_probability=0.04,
            chart=series,
            symptoms=tuple(
                replace(template.symptoms[0], slice=f"country={k}", chart=series) for k in range(20)
            ),
        )
        for number in range(50)
    )
    return replace(report(*incidents, warnings=WARNINGS * 20), chart=series, deploys=deploys, releases=())
