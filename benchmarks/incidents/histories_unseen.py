"""Histories that nobody has read: nothing was fitted to them, and no answer about them was looked at.

To ask them anything, their newest functions were read, and what some of their commits are called.
"""

from benchmarks.incidents.histories import History, each

_TEXTILED = {
    "html5": "html_type='html5'",
    "terse": "lite=True",
    "imageless": "noimage=True",
    "restricted": "restricted=True",
    "related": "rel='nofollow'",
    "blockless": "block_tags=False",
}

UNSEEN: tuple[History, ...] = (
    History(
        repo="r1chardj0n3s/parse",
        setup=(
            "import itertools, parse as p",
            "def some(rs):\n    return [told(r) for r in itertools.islice(rs, 9)]",
            "def plain(v):\n"
            "    if not hasattr(v, 'tzinfo'):\n"
            "        return v\n"
            "    return v.replace(tzinfo=None).isoformat(), str(getattr(v.tzinfo, '__dict__', v.tzinfo))",
            "def told(r):\n"
            "    if r is None:\n"
            "        return 'nothing'\n"
            "    named = sorted((str(k), plain(v)) for k, v in r.named.items())\n"
            "    return [plain(v) for v in r.fixed], named",
            "def number(text):\n    return len(text)",
            "number.pattern = r'[a-z]+'",
            "word = dict(d=number, w=number, ti=str.upper, l=number)",
        ),
        roots=("parse.py",),
        held_out=True,
        entries={
            "strict": "parse:parse",
            "typed": "parse:parse",
            "found": "parse:search",
            "later": "parse:search",
            "spans": "parse:parse",
            "each": "parse:findall",
            "fields": "parse:compile",
        },
        through={
            "p.compile(": "parse:compile",
            ".evaluate_result()": "Match.evaluate_result",
            "some(": "ResultIterator",
        },
        metrics={
            "parse:parse": ("told(p.parse(*x))", "templates"),
            "parse:search": ("told(p.search(x[0], '(' + x[1] + ') '))", "templates"),
            "parse:findall": ("some(p.findall(x[0], x[1] + ' ' + x[1]))", "templates"),
            "Parser.parse": ("told(p.compile(x[0]).parse(x[1]))", "templates"),
            "Parser.search": ("told(p.compile(x[0]).search('a 1 ' + x[1] + '.'))", "templates"),
            "Parser.findall": ("some(p.compile(x[0]).findall(x[1] * 2))", "templates"),
            "fields": ("p.compile(x[0])._expression", "templates"),
            "strict": ("told(p.parse(*x, case_sensitive=True))", "templates"),
            "typed": ("told(p.parse(*x, extra_types=word))", "templates"),
            "spans": ("sorted((str(k), v) for k, v in p.parse(*x).spans.items())", "templates"),
            "later": ("told(p.search(*x, pos=1))", "templates"),
            "Parser.evaluate_result": (
                "told(p.compile(x[0]).parse(x[1], evaluate_result=False).evaluate_result())",
                "templates",
            ),
        },
    ),
    History(
        repo="kjd/idna",
        setup=(
            "import idna, idna.codec, idna.core as c",
            "def t(v):\n    return v if isinstance(v, str) else bytes(v).decode('latin1')",
        ),
        roots=("idna",),
        held_out=True,
        entries={
            "mapped": "idna.core:encode",
            "transitional": "idna.core:encode",
            "ruled": "idna.core:encode",
            "strict": "idna.core:encode",
            "undone": "idna.core:decode",
            "kept": "idna.core:uts46_remap",
            "joined": "idna.core:valid_contexto",
            "ordered": "idna.core:check_bidi",
        },
        metrics={
            "idna.core:encode": ("t(idna.encode(x))", "hosts"),
            "idna.core:decode": ("t(idna.decode(x))", "hosts"),
            "mapped": ("t(idna.encode(x, uts46=True))", "hosts"),
            "transitional": ("t(idna.encode(x, uts46=True, transitional=True))", "hosts"),
            "ruled": ("t(idna.encode(x, uts46=True, std3_rules=True))", "hosts"),
            "strict": ("t(idna.encode(x, strict=True))", "hosts"),
            "undone": ("t(idna.decode(x, uts46=True))", "hosts"),
            **each("alabel ulabel", "t(idna.$(x.split('.')[0]))", "hosts", "idna.core"),
            "idna.core:check_label": ("str(c.check_label(x.split('.')[0]))", "hosts"),
            "idna.core:check_bidi": ("c.check_bidi(x.split('.')[0])", "hosts"),
            "ordered": ("c.check_bidi(x.split('.')[-1] + '1', check_ltr=True)", "hosts"),
            "idna.core:uts46_remap": ("c.uts46_remap(x)", "hosts"),
            "kept": ("c.uts46_remap(x, std3_rules=False, transitional=True)", "hosts"),
            "joined": ("c.valid_contexto(x, 1)", "hosts"),
            "idna.core:valid_contextj": ("c.valid_contextj(x, 2)", "hosts"),
            "Codec.encode": ("t(idna.codec.Codec().encode(x)[0])", "hosts"),
            "Codec.decode": ("t(idna.codec.Codec().decode(x.encode())[0])", "hosts"),
        },
    ),
    History(
        repo="textile/python-textile",
        setup=(
            "import random, uuid, textile as t",
            "uuid.uuid4 = lambda: uuid.UUID(int=random.getrandbits(128))",
            "def made(**how):\n    random.seed(7)\n    return t.Textile(**how)",
            "def run(made, x):\n    return made.parse(x) if hasattr(made, 'parse') else made.textile(x)",
        ),
        roots=("textile", "textile.py"),
        held_out=True,
        entries=dict.fromkeys(_TEXTILED, "Textile.parse"),
        metrics={
            "textile": ("random.seed(7) or t.textile(x)", "textiled"),
            "textile_restricted": ("random.seed(7) or t.textile_restricted(x)", "textiled"),
            **{name: (f"run(made({how}), x)", "textiled") for name, how in _TEXTILED.items()},
            **{
                f"Textile.{name}": (f"made().{name}(x)", "textiled")
                for name in ("glyphs", "graf", "span", "links", "image", "table", "footnoteRef", "code")
            },
        },
    ),
)
