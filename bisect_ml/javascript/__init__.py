"""JavaScript that is read by doing what it says: a bounded interpreter without files, clock, network or packages."""

from bisect_ml.javascript import calls, classes, expressions, functions, loops, names, statements
from bisect_ml.javascript.modules import Modules
from bisect_ml.javascript.tokens import NotJavaScript

__all__ = ["Modules", "NotJavaScript"]
_RULES = (calls, classes, expressions, functions, loops, names, statements)
