"""Which methods run where a call names a method that many classes have, or where none is named at all.

What `step.transform(…)` runs depends on what `step` is. Followed are the methods of that name of the
classes that the code reached so far names: rapid type analysis (Bacon and Sweeney, Fast static analysis of
C++ virtual function calls, OOPSLA 1996). Operators, conversions and loops run methods of such classes
without a name.
"""

from collections.abc import Iterable, Mapping

from bisect_ml.evidence.families import language
from bisect_ml.evidence.module_index import Node

_RUN_UNNAMED = {
    suffix: frozenset(names.split())
    for suffix, names in {
        ".rs": """
            fmt from into try_from try_into from_str default into_iter from_iter extend next next_back
            size_hint drop eq ne partial_cmp cmp hash neg not add sub mul div rem bitand bitor bitxor
            shl shr add_assign sub_assign mul_assign div_assign rem_assign
            index index_mut deref deref_mut as_ref borrow clone
        """,
        ".java": """
            toString equals hashCode compareTo compare iterator next hasNext close get run call apply accept
            test invoke plus minus times div rem unaryMinus contains rangeTo getValue setValue unapply update
        """,
        ".js": "toString valueOf toJSON next then",
        ".rb": """
            to_s to_str to_a to_h to_proc each call method_missing inspect coerce hash <=> == + - * / % [] <<
        """,
        ".php": """
            __toString __call __callStatic __get __set __isset __invoke offsetGet offsetSet offsetExists
            getIterator current key next valid rewind count jsonSerialize
        """,
        ".cs": "ToString Equals GetHashCode CompareTo Compare GetEnumerator MoveNext Dispose Invoke",
        ".go": """
            String Error Len Less Swap Pop Push Format Scan
            MarshalJSON UnmarshalJSON MarshalText UnmarshalText
        """,
        ".swift": "init encode hash makeIterator next index formIndex callAsFunction",
        ".dart": "toString compareTo call",
    }.items()
}
# Of what Python runs by itself these are for those who debug.
_FOR_PEOPLE = frozenset({"__repr__", "__del__", "__dir__", "__sizeof__"})


class Dispatch:
    """What one walk through a program has called openly, and the classes that it has come by."""

    def __init__(self) -> None:
        self._called: dict[str, set[str]] = {}
        self._classes: dict[str, list[Mapping[str, frozenset[Node]]]] = {}

    def follow(self, node: Node, called: Iterable[str], members: Mapping[str, frozenset[Node]]) -> list[Node]:
        """Return the methods that can run now that a definition was reached, with what it calls and holds.

        Linear in the methods of the class, or in the classes that were reached for a name that is new.
        """
        of = language(node[0])
        known = self._called.setdefault(of, set())
        classes = self._classes.setdefault(of, [])
        fresh = set(called) - known
        found = {each for name in fresh for held in classes for each in held.get(name, ())}
        known |= fresh
        if members:
            classes.append(members)
            found |= {
                each
                for name, nodes in members.items()
                if name in known or runs_unnamed(of, name)
                for each in nodes
            }
        return sorted(found)


def runs_unnamed(of: str, name: str) -> bool:
    """Tell a method that its language itself calls: for an operator, a loop, a conversion, a sort."""
    if of == ".py":
        return name.startswith("__") and name.endswith("__") and name not in _FOR_PEOPLE
    return name.startswith("operator") or name in _RUN_UNNAMED.get(of, ())
