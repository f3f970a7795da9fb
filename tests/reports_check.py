"""Sample checks for the tests of their renderers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bisect_ml.saved_check import (
    Bisection,
    CheckReport,
    ClassFlip,
    Comparison,
    Coverage,
    Decile,
    Noise,
    Result,
    RowChanges,
    Side,
)
from bisect_ml.saved_report import Trial
from bisect_ml.types import Deploy
from tests.reports import HOSTILE
from tests.saved_nouns import HUNK, sha, suspect, told

NOW = datetime(2026, 3, 4, 15, 9, tzinfo=UTC)
RELEASE = Deploy(
    id="head",
    ref="feature/durations",
    sha=sha(31),
    service=None,
    environment=None,
    started_at=NOW - timedelta(hours=2),
    finished_at=None,
)
DECILES = (
    (5.61, 5.64), (7.05, 7.11), (8.31, 8.41), (9.57, 9.72), (10.9, 11.12), (12.42, 12.75), (14.29, 14.79),
    (16.88, 17.72), (21.13, 23.07),
)  # fmt: skip
COMMAND = "python -m scoring.batch --input {input} --output {output}"


def result(
    metric: str, effect: float | None, *, of: str | None = None, rows: int = 100_000, **fields: object
) -> Result:
    """Return a result that passed; fields say where it did not."""
    relative = metric in ("mean", "median")
    half = (0.004 if relative else 0.0008) * (100_000 / rows) ** 0.5
    base = {"mean": 12.34, "median": 10.9, "null_rate": 0.005}.get(metric)
    head = None
    if base is not None and effect is not None:
        head = base * (1 + effect) if relative else base + effect
    passed = Result(
        metric=metric,
        slice=of,
        unit="relative" if relative else "points",
        base_rows=rows,
        head_rows=rows,
        base=base,
        head=head,
        effect=effect,
        interval=None if effect is None else (effect - half, effect + half),
        margin={"mean": 0.02, "median": 0.02, "null_rate": 0.005}.get(metric, 0.01),
        verdict="pass",
        exact=True,
        p=0.8,
        q=1.0,
        mde=2.5 * half,
        smallest_margin=None if effect is None else abs(effect) + half,
    )
    return replace(passed, **fields)  # type: ignore[arg-type] # any field


def side(name: str, number: int | None, *, seconds: float | None = 12.5) -> Side:
    """Return a side, of a run where it has a number, of a file otherwise."""
    if number is None:
        return Side(name=name, predictions=name, rows=100_000)
    return Side(
        name=name,
        predictions=f"/cache/results/{number}/predictions.csv",
        rows=100_000,
        sha=sha(number),
        subject="Measure trip duration with datetimes" if number == 31 else "Release 4.2",
        command=COMMAND,
        seconds=seconds,
    )


def check(comparison: Comparison, **fields: object) -> CheckReport:
    """Return a check of two branches."""
    report = CheckReport(
        created_at=NOW,
        base=side("main", 30),
        head=side("feature/durations", 31),
        comparison=comparison,
        repository="/srv/scoring",
        repository_url="https://github.com/acme/scoring",
        settings={"run": COMMAND, "input": "inputs.csv", "repeat_base": 1, "margin": "mean = 0.02"},
        sha256={"inputs.csv": "0" * 64},
        logs={"main": "/cache/results/30/log", "feature/durations": "/cache/results/31/log"},
        reproduce=f"bisect-ml check main feature/durations --run '{COMMAND}' --input inputs.csv",
        tool_version="0.1.0",
        versions={"python": "3.11.7", "duckdb": "2.0.0"},
    )
    return replace(report, **fields)  # type: ignore[arg-type] # any field


PAIRED = Coverage(key=("trip_id",), matched=100_000)
OVERALL = (result("mean", 0.0011), result("median", 0.0), result("null_rate", 0.0), result("rows", 0.0))
SLICES = tuple(result("mean", 0.0002 * n, of=f"region=region-{n:02}", rows=5_000) for n in range(1, 20))


def failing() -> CheckReport:
    """Return the check of a branch that takes milliseconds for seconds in one region, found by running it."""
    region = "region=region-07"
    failed = (
        result("mean", 999.0, of=region, rows=5_000, verdict="fail", q=1e-9, p=1e-12, signature="x1000",
               smallest_margin=None, adjusted=(998.8, 999.2)),
        result("median", 999.0, of=region, rows=5_000, verdict="fail", q=1e-9, p=1e-12, signature="x1000",
               smallest_margin=None),
        result("rows", 1.0, of=region, rows=5_000, verdict="fail", q=1e-9, p=1e-12, smallest_margin=None,
               adjusted=(0.9938, 1.0)),
        result("mean", 49.95, verdict="fail", q=1e-9, p=1e-12, smallest_margin=None),
        result("rows", 0.05, verdict="fail", q=1e-9, p=1e-12, smallest_margin=None),
    )  # fmt: skip
    rest = tuple(one for one in OVERALL if one.metric in ("median", "null_rate"))
    suspects = (
        suspect(
            31,
            0.9998,
            RELEASE,
            "Measure trip duration with datetimes",
            (
                told("signature", 4.2, "The shift is ×1000 and `scoring/features.py:44` adds `* 1000`"),
                told("specificity", 1.2, "The diff names `region-07`, the slice that moved"),
                told("size", -0.2, "A small change: 16 lines in 2 files"),
            ),
            hunk=HUNK,
        ),
        suspect(32, 0.0001, RELEASE, "Cache city medians for an hour", (told("role", 0.7, "Feature code"),)),
        suspect(33, 0.0001, RELEASE, "Format with ruff", (told("inert", -6.0, "Only formatting"),)),
    )
    trials = (
        Trial(sha=sha(32), outcome="good", sentence="the mean for region=region-07 moved by 0%", effect=0.0),
        Trial(sha=sha(31), outcome="bad", sentence="the mean for region=region-07 rose 1,000-fold",
              effect=999.0),
    )  # fmt: skip
    suspects = (
        replace(suspects[0], trial=trials[1]),
        replace(suspects[1], trial=trials[0]),
        suspects[2],
    )
    return check(
        Comparison(
            verdict="fail",
            kind="numeric",
            coverage=PAIRED,
            results=(*failed, *rest, *SLICES[:6], *SLICES[7:]),
            computed=124,
            deciles=tuple(
                Decile(level=level / 10, base=base, head=head)
                for level, (base, head) in enumerate(DECILES, 1)
            ),
            rows=(
                RowChanges(
                    slice=None,
                    pairs=100_000,
                    changed=5_000,
                    value_to_null=0,
                    null_to_value=0,
                    quantiles={"p50": 0.0, "p95": 999.0, "p99": 999.0, "max": 999.0},
                ),
                RowChanges(slice=region, pairs=5_000, changed=5_000, value_to_null=0, null_to_value=0),
            ),
            noise=Noise(runs=2, changed=0.0),
            guesses=("key: column 'trip_id' pairs the rows (choose with --key COLUMN)", "slices: 'region'"),
        ),
        suspects=suspects,
        unexplained_probability=0.0,
        bisection=Bisection(
            culprit=sha(31),
            subject="Measure trip duration with datetimes",
            probability=1.0,
            trials=trials,
            runs=1,
            halving_runs=3,
            share=1.0,
        ),
        next_step=f"Read the change that did it: `git show {sha(31)[:12]}`; if the change is meant, "
        'accept it with `--accept "why"`.',
        warnings=("uncommitted changes in the checkout are not part of what runs: only commits are",),
    )


def passing() -> CheckReport:
    """Return the check of a refactoring."""
    return check(
        Comparison(
            verdict="pass",
            kind="numeric",
            coverage=PAIRED,
            results=(*OVERALL, *SLICES),
            computed=124,
            rows=(
                RowChanges(slice=None, pairs=100_000, changed=0, value_to_null=0, null_to_value=0),
            ),
            noise=Noise(runs=2, changed=0.0012, floors={"mean": 0.0004}),
        ),
    )  # fmt: skip


def undecided() -> CheckReport:
    """Return a check of too few rows."""
    few = {"rows": 800, "verdict": "inconclusive", "exact": False, "smallest_margin": None}
    return check(
        Comparison(
            verdict="inconclusive",
            kind="numeric",
            coverage=Coverage(key=()),
            results=(
                result("mean", 0.012, interval=(-0.011, 0.035), rows_needed=4_300, **few),  # type: ignore[arg-type] # any field
                result("median", 0.004, interval=(-0.014, 0.022), rows_needed=1_200, **few),  # type: ignore[arg-type] # any field
                result(
                    "null_rate", 0.0, rows=800, interval=(-0.002, 0.002), mde=0.0035, smallest_margin=0.002
                ),
            ),
            computed=12,
            warnings=("the rows have no column that pairs them: compared unpaired, which sees less",),
        ),
        base=replace(side("main", 30), rows=800),
        head=replace(side("feature/durations", 31), rows=800),
        next_step="Give 4,300 rows or more (now 800): that many would decide.",
    )


def of_files() -> CheckReport:
    """Return a check of two files of labels, with a class that took rows from another."""
    flips = result("flips", 0.041, verdict="fail", q=1e-5, p=1e-7, smallest_margin=None)
    shares = (
        result("share[ham]", -0.038, base=0.8, head=0.762, verdict="fail", q=1e-4, smallest_margin=None),
        result("share[spam]", 0.038, base=0.2, head=0.238, verdict="fail", q=1e-4, smallest_margin=None),
    )
    meant = result("null_rate", 0.02, of="lang=de", rows=9_000, verdict="fail", head=0.025,
                   accepted="short texts get no class any more (#77)", smallest_margin=None)  # fmt: skip
    return CheckReport(
        created_at=NOW,
        base=side("base.parquet", None),
        head=side("head.parquet", None),
        comparison=Comparison(
            verdict="fail",
            kind="label",
            coverage=replace(PAIRED, key=("message", "day"), classes_new=("phishing",)),
            results=(flips, *shares, meant),
            computed=40,
            rows=(RowChanges(slice=None, pairs=100_000, changed=4_100, value_to_null=310, null_to_value=2,
                             mcnemar_p=1e-80),),
            flips=(
                ClassFlip(base="ham", head="spam", rows=3_950),
                ClassFlip(base="spam", head="ham", rows=150),
            ),
        ),
        next_step='Compare what made the two sides; if the change is meant, accept it with `--accept "why"`.',
        sha256={"base.parquet": "1" * 64, "head.parquet": "2" * 64},
        tool_version="0.1.0",
    )  # fmt: skip


def hostile(text: str) -> CheckReport:
    """Return a failing check with `text` in every field that comes from outside."""
    report = failing()
    worst = replace(report.comparison.results[0], slice=f"region={text}", accepted=None)
    meant = replace(report.comparison.results[1], slice=f"{text}=x", accepted=text)
    top = replace(
        report.suspects[0],
        subject=text,
        author=text,
        hunk=replace(HUNK, path=text, text=f"+{text}\n", marks=(text,)),
        evidence=(told("names", 2.0, f"Names `{text}` and {text}"),),
        trial=Trial(sha=sha(31), outcome="bad", sentence=text),
    )
    trials = (Trial(sha=sha(31), outcome="bad", sentence=text),)
    return replace(
        report,
        base=replace(report.base, name=text, predictions=text, subject=text, command=text),
        head=replace(report.head, name=text, predictions=text, subject=text, command=text),
        comparison=replace(
            report.comparison,
            kind="label",
            results=(worst, meant, replace(worst, metric=f"share[{text}]")),
            coverage=replace(
                PAIRED, key=(text,), problems=(text,), slices_new=(text,), classes_new=(text,),
                columns_lost=(text,),
            ),
            rows=(replace(report.comparison.rows[1], slice=text),),
            flips=(ClassFlip(base=text, head=text, rows=3),),
            guesses=(text,),
            warnings=(text,),
        ),
        suspects=(top,),
        bisection=Bisection(culprit=sha(31), subject=text, trials=trials, reason=text, runs=1),
        next_step=f"Read `{text}` {text}",
        repository=text,
        settings={"run": text},
        warnings=(text,),
        sha256={text: "0"},
        logs={text: text},
        reproduce=text,
    )  # fmt: skip


def largest() -> CheckReport:
    """Return the largest check of the budget: 500 slices of 5 metrics, 200 suspects, 150 runs, 40 classes."""
    report = failing()
    metrics = ("mean", "median", "null_rate", "rows", "flips")
    results = tuple(
        result(metric, 0.5, of=f"merchant_category=category-{n:04}", rows=5_000, verdict="fail", q=1e-6)
        for n in range(500)
        for metric in metrics
    )
    suspects = tuple(
        replace(report.suspects[0], sha=sha(n), probability=0.98 / 200, trial=None) for n in range(200)
    )
    trials = tuple(
        Trial(sha=sha(n), outcome="bad", sentence="the mean rose 1,000-fold " * 4) for n in range(150)
    )
    comparison = replace(
        report.comparison,
        results=(*report.comparison.results, *results),
        computed=3_000,
        rows=tuple(
            replace(report.comparison.rows[1], slice=f"merchant_category=category-{n:04}") for n in range(500)
        ),
        flips=tuple(
            ClassFlip(base=f"class-{base:02}", head=f"class-{head:02}", rows=1 + base + head)
            for base in range(40)
            for head in range(40)
            if base != head
        ),
        warnings=tuple(f"warning {n}" for n in range(100)),
        coverage=replace(PAIRED, slices_new=tuple(f"merchant={n}" for n in range(400))),
    )
    return replace(
        report,
        comparison=comparison,
        suspects=suspects,
        bisection=Bisection(culprit=sha(31), trials=trials, runs=150, halving_runs=8),
        logs={f"commit {n}": f"/cache/results/{n}/log" for n in range(150)},
    )


SAMPLES = {
    "check_failing": failing,
    "check_passing": passing,
    "check_undecided": undecided,
    "check_of_files": of_files,
}
__all__ = ["HOSTILE", "SAMPLES", "failing", "hostile", "largest", "of_files", "passing", "undecided"]
