"""Whether the commit changes how the inputs are fetched."""

import re

from bisect_ml.evidence.base import say
from bisect_ml.evidence.inert import live_files
from bisect_ml.evidence.patch import changed_text
from bisect_ml.evidence.paths import file_kind
from bisect_ml.types import Candidate, Case, Evidence

_SQL = re.compile(
    r"\b(SELECT\b.+|FROM\s+\w+|(?:LEFT|INNER|OUTER)?\s*JOIN\s+\w+|GROUP BY\s+\w+|WHERE\s+\w+)", re.IGNORECASE
)
_SQL_IN_CAPITALS = re.compile(r"\b(SELECT|JOIN|GROUP BY|WHERE|COALESCE)\b")


def query(case: Case, candidate: Candidate) -> Evidence | None:
    """Look for changed queries and schemas.

    Looks at: SQL, schema and protocol files, and SQL in the changed lines of other code.

    Why it tells: a join, a filter or a column that changed gives the same model other inputs.

    When it misleads: queries of reports and migrations feed no model.
    """
    del case
    if candidate.commit is None:
        return None
    files = live_files(candidate.commit)
    for change in files:
        if file_kind(change.path) == "query":
            return say("query", "file", f"changes the query or schema {change.path}", path=change.path)
    for change in files:
        text = changed_text(change)
        found = _SQL.search(text) if _SQL_IN_CAPITALS.search(text) else None
        if found:
            return say(
                "query",
                "text",
                f"{change.path} changes a query: {found.group().strip()[:60]}",
                path=change.path,
            )
    return None
