from benchmarks.evidence_page import PAGE, page
from bisect_ml.evidence import NO_DEPLOY_SCORERS, SCORERS


def test_the_page_is_what_the_docstrings_and_the_table_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m benchmarks.evidence_page"


def test_every_scorer_has_its_paragraph() -> None:
    text = page()
    assert all(f"### {name}\n" in text for name in (*SCORERS, *NO_DEPLOY_SCORERS))
