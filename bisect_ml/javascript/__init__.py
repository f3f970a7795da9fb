"""JavaScript that is read by doing what it says: bounded, without files, clock, network or packages."""

from bisect_ml.javascript import (
    calls,
    classes,
    declarations,
    expressions,
    functions,
    literals,
    loops,
    names,
    statements,
)
from bisect_ml.javascript.finding import Found, found
from bisect_ml.javascript.modules import Modules
from bisect_ml.javascript.objects import JSFunction
from bisect_ml.javascript.parser import parsed
from bisect_ml.javascript.portable import (
    Foreign,
    NotPortableError,
    answered,
    error_name,
    put_in,
    taken_out,
    told,
)
from bisect_ml.javascript.properties import call, construct, get
from bisect_ml.javascript.readme import programs_in
from bisect_ml.javascript.realm import running
from bisect_ml.javascript.syntax import texts_in
from bisect_ml.javascript.testing import Tests
from bisect_ml.javascript.tokens import NotJavaScript
from bisect_ml.javascript.values import Thrown

__all__ = [
    "Foreign",
    "Found",
    "JSFunction",
    "Modules",
    "NotJavaScript",
    "NotPortableError",
    "Tests",
    "Thrown",
    "answered",
    "call",
    "construct",
    "error_name",
    "found",
    "get",
    "parsed",
    "programs_in",
    "put_in",
    "running",
    "taken_out",
    "texts_in",
    "told",
]
_RULES = (calls, classes, declarations, expressions, functions, literals, loops, names, statements)
