"""Histories in Perl."""

from benchmarks.incidents.histories import History, each

PERL: tuple[History, ...] = (
    History(
        repo="mojolicious/mojo",
        language="perl",
        setup=(
            "use Mojo::Util (); use Mojo::URL; use Mojo::Date; use Mojo::JSON; use Mojo::Path; use Mojo::Parameters;",
            "use Mojo::DOM; use Mojo::ByteStream;",
        ),
        roots=("lib",),
        metrics={
            **each(
                "url_escape url_unescape xml_escape html_unescape decamelize camelize slugify punycode_encode quote "
                "unquote squish trim unindent term_escape html_escape",
                "Mojo::Util::$($x)",
                "texts",
            ),
            "Mojo::Util:humanize_bytes": ("Mojo::Util::humanize_bytes($x)", "numbers"),
            **{
                f"Mojo::URL:{name}": (f"Mojo::URL->new($x)->{call}", "addresses")
                for name, call in (
                    ("to_string", "to_string"),
                    ("host", "host"),
                    ("path", "path->to_string"),
                    ("query", "query->to_string"),
                    ("to_abs", "to_abs(Mojo::URL->new('http://a.b/c/d?e'))->to_string"),
                    ("ihost", "ihost"),
                    ("host_port", "host_port"),
                )
            },
            "Mojo::Date:parse": ("Mojo::Date->new($x)->epoch", "dates"),
            "Mojo::Path:canonicalize": ("Mojo::Path->new($x)->canonicalize->to_string", "addresses"),
            "Mojo::Parameters:to_string": ("Mojo::Parameters->new($x)->to_string", "queries"),
            "Mojo::DOM:to_string": ("Mojo::DOM->new($x)->to_string", "markup"),
            "Mojo::DOM:all_text": ("Mojo::DOM->new($x)->all_text", "markup"),
            "Mojo::JSON:encode": (
                "Mojo::JSON->can('new') ? Mojo::JSON->new->encode([$x]) : Mojo::JSON::encode_json([$x])",
                "markup",
            ),
        },
    ),
    History(
        repo="libwww-perl/URI",
        language="perl",
        setup=("use URI; use URI::Escape (); use URI::Split ();",),
        roots=("lib", "URI", "URI.pm"),
        held_out=True,
        metrics={
            **{
                f"URI:{name}": (f"URI->new($x)->{name}", "addresses")
                for name in (
                    "canonical",
                    "as_string",
                    "host",
                    "path_query",
                    "opaque",
                    "authority",
                    "port",
                    "userinfo",
                    "fragment",
                    "as_iri",
                    "ihost",
                )
            },
            "URI:rel": ("URI->new($x)->rel('http://a.com/b/c')", "addresses"),
            "URI:abs": ("URI->new($x)->abs('http://a.com/b/c?d')", "addresses"),
            "URI::Escape:uri_escape": ("URI::Escape::uri_escape($x)", "texts"),
            "URI::Escape:uri_unescape": ("URI::Escape::uri_unescape($x)", "queries"),
            "URI:query_form": ("join '|', URI->new('http://a/?' . $x)->query_form", "queries"),
            "URI::Split:uri_split": ("join '|', map { $_ // '' } URI::Split::uri_split($x)", "addresses"),
        },
    ),
)
