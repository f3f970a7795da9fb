"""More histories that nobody has read."""

from benchmarks.incidents.histories import History

_PARTS = """
    raw_host host raw_path path raw_query_string query_string raw_fragment fragment user password name raw_name
    raw_parts parts path_qs raw_path_qs authority suffix
"""

_KINDS = {
    "latin": "latin nouns",
    "hissing": "hissing nouns",
    "leaves": "nouns of leaves",
    "folk": "nouns of folk",
    "named": "named nouns",
}
_TONGUES = ("french", "spanish", "portuguese", "turkish", "norwegian-bokmal")

UNSEEN_MORE: tuple[History, ...] = (
    History(
        repo="aio-libs/yarl",
        setup=(
            "import collections, collections.abc; vars(collections).update(vars(collections.abc))",
            "from yarl import URL",
            "home = URL('http://u@h.org:81/a/b?c=1#d')",
        ),
        roots=("yarl",),
        held_out=True,
        entries={
            "sorted": "URL.__lt__",
            "child": "URL.__truediv__",
            "built": "URL.build",
            "asked": "URL.build",
            "encoded": "URL.__new__",
        },
        through={"str(": "URL.__str__"},
        metrics={
            "URL.__str__": ("str(URL(x))", "locators"),
            "encoded": ("str(URL(x, encoded=True))", "addresses"),
            **{f"URL.{name}": (f"URL(x).{name}", "locators") for name in _PARTS.split()},
            "URL.port": ("URL(x).port", "addresses"),
            "URL.query": ("list(URL('/?' + x).query.items())", "queries"),
            "URL.origin": ("str(URL(x).origin())", "locators"),
            "URL.relative": ("str(URL(x).relative())", "addresses"),
            "URL.parent": ("str(URL(x).parent)", "locators"),
            "URL.human_repr": ("URL(x).human_repr()", "locators"),
            "URL.join": ("str(home.join(URL(x)))", "locators"),
            "URL.with_path": ("str(home.with_path(x))", "addresses"),
            "URL.with_name": ("str(home.with_name(x))", "titles"),
            "URL.with_host": ("str(home.with_host(x))", "hosts"),
            "URL.with_user": ("str(home.with_user(x))", "titles"),
            "URL.with_query": ("str(home.with_query(x))", "queries"),
            "URL.update_query": ("str(home.update_query(x))", "queries"),
            "URL.with_fragment": ("str(home.with_fragment(x))", "titles"),
            "URL.with_scheme": ("str(URL(x).with_scheme('ftp'))", "addresses"),
            "URL.is_default_port": ("URL(x).is_default_port()", "locators"),
            "URL.is_absolute": ("URL(x).is_absolute()", "locators"),
            "child": ("str(home / x)", "titles"),
            "sorted": ("URL(x) < home", "addresses"),
            "built": ("str(URL.build(scheme='http', host=x, path='/é b'))", "hosts"),
            "asked": ("str(URL.build(path='/p', query_string=x, fragment='f g'))", "queries"),
        },
    ),
    History(
        repo="doctrine/inflector",
        language="php",
        setup=(
            "const MADE = 'Doctrine\\Inflector\\InflectorFactory';",
            "const OLD = 'Doctrine\\Common\\Inflector\\Inflector';",
            "function ask($how, $x, ...$more) { if (!class_exists(MADE)) return (OLD)::$how($x, ...$more);"
            " static $made; $made = $made ?? (MADE)::create()->build(); return $made->$how($x, ...$more); }",
            "function said($tongue, $how, $x) { static $made = [];"
            " $made[$tongue] = $made[$tongue] ?? (MADE)::createForLanguage($tongue)->build();"
            " return $made[$tongue]->$how($x); }",
        ),
        roots=("lib", "src"),
        held_out=True,
        entries={
            **{f"many_{kind}": "Inflector:pluralize" for kind in _KINDS},
            **{f"one_{kind}": "Inflector:singularize" for kind in _KINDS},
            "named": "Inflector:tableize",
            "shown": "Inflector:classify",
            **{f"{tongue}_many": "Inflector:pluralize" for tongue in _TONGUES},
            **{f"{tongue}_one": "Inflector:singularize" for tongue in _TONGUES},
        },
        through={
            "ask(": "InflectorFactory:create,GenericLanguageInflectorFactory:build",
            "said(": "InflectorFactory:createForLanguage,GenericLanguageInflectorFactory:build",
        },
        metrics={
            **{f"many_{kind}": ("ask('pluralize', $x)", pool) for kind, pool in _KINDS.items()},
            **{f"one_{kind}": ("ask('singularize', $x)", pool) for kind, pool in _KINDS.items()},
            "Inflector:tableize": ("ask('tableize', $x)", "named nouns"),
            "Inflector:classify": ("ask('classify', $x)", "named nouns"),
            "Inflector:camelize": ("ask('camelize', $x)", "named nouns"),
            "named": ("ask('tableize', $x)", "identifiers"),
            "shown": ("ask('classify', $x)", "titles"),
            "Inflector:capitalize": ("ask('capitalize', $x)", "titles"),
            "Inflector:ucwords": ("ask('ucwords', $x)", "titles"),
            "Inflector:unaccent": ("ask('unaccent', $x)", "titles"),
            "Inflector:urlize": ("ask('urlize', $x)", "titles"),
            **{
                f"{tongue}_many": (f"said('{tongue}', 'pluralize', $x)", "foreign nouns")
                for tongue in _TONGUES
            },
            **{
                f"{tongue}_one": (f"said('{tongue}', 'singularize', $x)", "foreign nouns")
                for tongue in _TONGUES
            },
        },
    ),
)
