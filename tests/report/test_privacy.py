import json
from dataclasses import replace

import pytest

from bisect_ml.report import RENDERERS, Options, to_json
from bisect_ml.report.privacy import mask, prepare
from bisect_ml.saved_report import Report
from tests import reports, saved_findings, saved_nouns

# Built from parts, so that no scanner takes this file for a leak.
GITHUB = "gh" + "p_" + "a1B2" * 9
AWS = "AKIA" + "IOSFODNN7EXAMPLE"
SLACK = "xox" + "b-123456789012-abcdefGHIJKL"
PRIVATE_KEY = "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIEow\n-----END RSA " + "PRIVATE KEY-----"
JWT = "eyJ" + "hbGciOiJIUzI1NiJ9.eyJ" + "zdWIiOiIxMjM0In0.abcdef123456"


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("clone https://robot:hunter2@git.example/r.git", "hunter2"),
        ("clone https://" + GITHUB + "@github.com/acme/r", GITHUB),
        ("postgresql+psycopg://app:s3cr3t@db/scores", "s3cr3t"),
        (f"+TOKEN = '{GITHUB}'", GITHUB),
        (f"+aws_access_key_id = {AWS}", AWS),
        (f"+slack({SLACK})", SLACK),
        ("+    password: 'correct horse'", "correct horse"),
        ('+    "api_key": "abcd1234efgh"', "abcd1234efgh"),
        ("+DB_PASSWORD=hunter2hunter2", "hunter2hunter2"),
        ("+ client_secret => 'zzzz9999'", "zzzz9999"),
        ("curl -H 'Authorization: Bearer abcdef0123456789'", "abcdef0123456789"),
        (f"+{PRIVATE_KEY}", "MIIEow"),
        (f"cookie {JWT}", JWT),
    ],
)
def test_secrets_are_masked(text: str, secret: str) -> None:
    masked = mask(text)
    assert secret not in masked
    assert "[masked]" in masked
    assert mask(masked) == masked


@pytest.mark.parametrize(
    "text",
    [
        "tokens = tokenizer(text)",
        "max_tokens = 512",
        "tokens = model2.encode_batch_x",
        "sort_key = lambda row: row.id",
        "password = getpass()",
        "secret_santa = 3",
        "key = row['country']",
        "https://github.com/acme/scoring/commit/632667547e",
        "git@github.com:acme/scoring.git",
        "elapsed_ms = seconds * 1000  # see https://example.org/units",
    ],
)
def test_ordinary_code_is_left_alone(text: str) -> None:
    assert mask(text) == text


def leaky() -> Report:
    finding = saved_findings.unit_mix_up()
    first = finding.suspects[0]
    hunk = replace(saved_nouns.HUNK, text=f"@@ -1 +1 @@\n-a\n+token = '{GITHUB}'\n")
    told = saved_nouns.told("undone", 1.0, f"Reverted by Ines Duarte with {GITHUB}.")
    suspect = replace(first, subject=f"Add {GITHUB}", evidence=(told,), hunk=hunk)
    report = reports.report(
        replace(
            finding, suspects=(suspect, *finding.suspects[1:]), next_step=f"Ask Ines Duarte about {GITHUB}."
        ),
        warnings=(f"cannot fetch https://x:{GITHUB}@git.example/r",),
    )
    inputs = replace(
        report.inputs, repository=f"https://x:{GITHUB}@git.example/r", deploys=f"d?token={GITHUB}"
    )
    return replace(report, inputs=inputs, reproduce=f"TOKEN={GITHUB} bisect-ml trace", settings={"t": GITHUB})


@pytest.mark.parametrize("name", RENDERERS)
def test_no_renderer_lets_a_secret_out(name: str) -> None:
    assert GITHUB not in RENDERERS[name](leaky(), Options(width=120))


@pytest.mark.parametrize("name", RENDERERS)
def test_authors_are_left_out_on_request(name: str) -> None:
    shown = RENDERERS[name](leaky(), Options())
    hidden = RENDERERS[name](leaky(), Options(authors=False))
    for author in ("Ines Duarte", "Wei Zhang", "Tomás Rey"):
        assert author.encode("ascii", "backslashreplace").decode() in shown or author in shown
        assert author not in hidden
    assert "an author" in " ".join(hidden.split())


@pytest.mark.parametrize("name", ["html", "json", "markdown"])
def test_diffs_are_left_out_on_request(name: str) -> None:
    report = reports.one_incident()
    assert "total_seconds" in RENDERERS[name](report, Options())
    assert "total_seconds" not in RENDERERS[name](report, Options(diffs=False))


def test_facts_that_quote_the_diff_go_with_it() -> None:
    told = replace(
        saved_nouns.told("signature", 1.0, "Adds a factor."),
        facts={"line": "return x * 1000", "factor": 1000},
    )
    finding = saved_findings.unit_mix_up()
    report = reports.report(replace(finding, suspects=(replace(finding.suspects[0], evidence=(told,)),)))
    assert prepare(report).incidents[0].suspects[0].evidence[0].facts == told.facts
    saved = json.loads(to_json(report, diffs=False))
    assert saved["incidents"][0]["suspects"][0]["evidence"][0]["facts"] == {"factor": 1000}


def test_nothing_else_is_changed() -> None:
    assert prepare(reports.several()) == reports.several()


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("changes an operator in `_euros`: `a / 100` → `a`", "changes an operator in `_euros`"),
        ("changes other code: `app/loss.py`", "changes other code: `app/loss.py`"),
        ("The diff adds `* 1000`.", "The diff adds (code left out)."),
        ("`app/loss.py:17` changes a unit (cent, euros)", "`app/loss.py:17` changes a unit (cent, euros)"),
        ("Went live 4 minutes before the onset.", "Went live 4 minutes before the onset."),
    ],
)  # fmt: skip
def test_without_diffs_no_sentence_quotes_code(sentence: str, shown: str) -> None:
    report = reports.one_incident()
    first = report.incidents[0]
    told = (replace(first.suspects[0].evidence[0], sentence=sentence),)
    suspect = replace(first.suspects[0], evidence=told)
    spoken = replace(report, incidents=(replace(first, suspects=(suspect,), unexplained=told),))
    hidden = prepare(spoken, diffs=False).incidents[0]
    assert hidden.suspects[0].evidence[0].sentence == shown
    assert hidden.unexplained[0].sentence == shown
    assert prepare(spoken).incidents[0].suspects[0].evidence[0].sentence == sentence


def test_the_names_of_hashed_files_are_masked() -> None:
    report = reports.one_incident()
    inputs = replace(report.inputs, sha256={"https://robot:hunter2@logs.example/p.csv": "ab"})
    assert "hunter2" not in to_json(replace(report, inputs=inputs))
