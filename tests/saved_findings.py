"""Sample findings, one of each kind of incident."""

from dataclasses import replace
from datetime import timedelta

from bisect_ml.saved_report import Distribution, Finding, MixPart, SavedSymptom, Suspect
from bisect_ml.types import RangeGap
from tests.saved_nouns import BAD, DEPLOYS, HUNK, UNDO, at, chart, suspect, told


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
