"""The names of definitions in languages that are not parsed, each as a file of it would write them."""

import pytest

from bisect_ml.evidence.changes import changed_nodes
from bisect_ml.evidence.definitions import IMPORTS, MODULE
from bisect_ml.evidence.outlines import outline
from bisect_ml.evidence.program import Program
from bisect_ml.types import FileChange

FILES = {
    "a.rs": (
        """
macro_rules! expect {
    ($p:ident) => { $p.next() }
}
impl<'a> IntoIterator for &'a mut json::Value {
    fn into_iter(self) -> Iter<'a> {
        expect!(self)
    }
}
escapes!(
    Attributes,
    b'>' => "&gt;",
);
setters! { Config,
    trim: bool,
}
#[cfg(test)]
mod test {
    fn checks() {
    }
}
""",
        {"expect", "Value", "Value.into_iter", "Attributes", "Config"},
    ),
    "a.c": (
        """
CJSON_PUBLIC(cJSON *) cJSON_Parse(const char *value)
{
    if (value == NULL)
    {
        goto fail;
    }
    return parse(value);
fail:
    reset();
    return NULL;
}
static unsigned char* ensure(buffer * const p, size_t needed)
{
    return p;
}
static int one(int x) { return 1; }
int declared(int x);
""",
        {"cJSON_Parse", "ensure", "one"},
    ),
    "a.cpp": (
        """
template <typename T>
void Tree<T>::Init(const Data* data, bool constant) {
  data_ = data;
}
Tree::Tree(int n)
    : n_(n) {
}
ns::Vec& ns::Vec::operator+(const Vec& other) {
  std::sort(a.begin(),
      a.end());
  return *this;
}
class Holder {
public:
  int size() const {
    return 1;
  }
private:
  int n_;
};
""",
        {"Tree.Init", "Tree.Tree", "Vec.operator+", "Holder", "Holder.size"},
    ),
    "a.kt": (
        """
internal actual infix fun <T : Any> List<T>.scored(other: T): Int = if (a) {
    1
} else {
    2
}
public expect class Offset : Comparable<Offset> {
    public companion object {
        public fun parse(input: String): Offset
    }
    override fun compareTo(other: Offset): Int {
        return 0
    }
}
private val format by lazy {
    build()
}
val Offset.seconds: Int
    get() = 1
""",
        {"scored", "Offset", "Offset.parse", "Offset.compareTo", "format", "seconds"},
    ),
    "a.swift": (
        """
public struct Chain<A> {
  @inlinable public mutating func next() -> A? {
    return nil
  }
  init?(_ a: A) {
    self.a = a
  }
  var count: Int {
    return 2
  }
}
""",
        {"Chain", "Chain.next", "Chain.init", "Chain.count"},
    ),
    "a.cs": (
        """
public readonly record struct Size(double Bytes)
{
    public static Size Of(double x) => new(x * 2);
    internal override string ToString()
    {
        return "";
    }
}
""",
        {"Size", "Size.Of", "Size.ToString"},
    ),
    "a.scala": (
        """
object Model {
  private[this] def score[T](x: T): Double = {
    1.0
  }
  implicit val scale = 2.0
}
""",
        {"Model", "Model.score", "Model.scale"},
    ),
    "a.jl": (
        '''
"""
    scaled(x)

Scale = what is scaled.
"""
@inline scaled(x::Real)::Float64 where {T} = x * SCALE
const SCALE = 2
function Base.push!(s::Store, x)
    push!(s.xs, x)
end
mutable struct Store{T} <: AbstractStore
    xs::Vector{T}
end
''',
        {"scaled", "SCALE", "push!", "Store"},
    ),
    "a.ex": (
        """
defmodule Risk.Model do
  @limit 5
  @doc "What it gives."
  deftransform score(x, opts) do
    x * @limit
  end
  defnp scaled(x) do
    x
  end
end
""",
        {"Risk.Model", "Risk.Model.limit", "Risk.Model.score", "Risk.Model.scaled"},
    ),
    "a.rb": (
        """
class Money
  private def rounded(x)
    x.round
  rescue RangeError
    0
  end
  def <=>(other)
    0
  end
  def [](key)
    1
  end
end
""",
        {"Money", "Money.rounded", "Money.<=>", "Money.[]"},
    ),
    "a.r": (
        """
predict.forest <- function(object, ...) {
  1
}
`%or%` <- function(a, b) {
  a
}
twice = \\(x) {
  2 * x
}
setMethod("scored", "Forest", function(x) {
  3
})
Forest <- R6::R6Class("Forest",
  public = list(
    grown = function(n) {
      n
    }
  )
)
""",
        {"predict.forest", "%or%", "twice", "scored", "Forest", "Forest.public", "Forest.public.grown"},
    ),
}


@pytest.mark.parametrize("path", FILES)
def test_definitions_are_found_by_how_their_lines_begin(path: str) -> None:
    """Each definition has its name, and nothing else is taken for one."""
    text, names = FILES[path]
    found = outline(path, text)
    assert found is not None
    assert found.keys() - {MODULE, IMPORTS} == names


@pytest.mark.parametrize(
    ("path", "text", "name"),
    [
        (
            "a.js",
            "const STEPS = []\nSTEPS.push(scale)\nSTEPS['x'] = 2\nfunction f() {\n  a.push(1)\n}\n",
            "STEPS",
        ),
        ("a.py", "STEPS = []\nSTEPS.append(scale)\nSTEPS['x'] = 2\ndef f():\n    a.append(1)\n", "STEPS"),
    ],
)
def test_what_fills_a_table_where_it_is_made_belongs_to_it(path: str, text: str, name: str) -> None:
    """Statements outside functions that put something into a name are part of that name."""
    node = (path, name)
    assert Program([(path, text)]).holds(node)
    changed = changed_nodes(FileChange(path=path, before=text, after=text.replace("= 2", "= 3")))
    assert changed == frozenset({node})


@pytest.mark.parametrize(
    ("path", "name", "inside"),
    [
        ("a.c", "cJSON_Parse", "reset();"),
        ("a.cpp", "Holder", "int n_;"),
        ("a.kt", "scored", "    2"),
        ("a.rb", "Money.rounded", "    0"),
        ("a.rs", "expect", "$p.next()"),
    ],
)
def test_a_definition_goes_on_behind_labels_and_second_halves(path: str, name: str, inside: str) -> None:
    """What stands as far out as its first line does not end it where the language goes on there."""
    found = outline(path, FILES[path][0])
    assert found is not None
    assert inside in found[name].text
