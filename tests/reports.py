"""Sample reports for the tests of the renderers, and `HOSTILE`, the strings that must run nothing."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from bisect_ml.saved_report import (
    ChangedFile,
    Chart,
    Finding,
    Hunk,
    Inputs,
    MixPart,
    Report,
    SavedRelease,
    Suspect,
    Trial,
)
from tests.saved_findings import mix_shift, redeploy, removed, slice_break, unit_mix_up
from tests.saved_nouns import BAD, DAYS, DEPLOYS, START, UNDO, at, chart, deploy, sha, told

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
