"""How the lines begin that define something, in languages that are not parsed.

A group of a pattern holds the name: those of `VALUES` name what is no function, those of `AROUND` what the
definition belongs to, or its surroundings.
"""

import re

from bisect_ml.evidence.tokens import SCRIPTS

AROUND = frozenset({"indent", "owner", "hung", "of", "open"})
VALUES = frozenset({"v", "w", "x", "table"})

# `each = forEach = function () {` gives one function several names.
_CHAIN = r"(?:[\w$]+(?:\.[\w$]+|\[[\"']\w+[\"']\])*\s*=\s*)*"
_SCRIPT = (
    (
        rf"(?P<default>module\.exports\s*=|export\s+default\b)\s*{_CHAIN}(?:async\s+)?"
        r"(?:function\s*\*?\s*(?:\(|\w+\s*\()|\([^\n]*=>|\w+\s*=>|class\s*(?:\w+\s*)?\{)"
    ),
    r"(?P<table>export\s+default)\s*\{",
    r"(?:export\s+)?(?:default\s+)?(?:async\s+)?function\s*\*?\s*(?P<a>\w+)",
    r"(?:export\s+)?(?:default\s+)?(?:abstract\s+)?class\s+(?P<c>\w+)",
    (
        r"(?:export\s+)?(?:const|let|var)\s+(?P<b>\w+)\s*(?::[^=\n]+)?=\s*"
        rf"{_CHAIN}(?:async\s*)?(?:function\b|\([^\n]*=>|\w+\s*=>|\($)"
    ),
    r"(?:module\.)?exports\.(?P<d>\w+)\s*=",
    r"(?P<hung>[\w$]+(?:\.[\w$]+)*)\.prototype\.(?P<e>\w+)\s*=",
    (
        r"(?P<owner>[\w$]+(?:\.[\w$]+)*)(?:\.(?P<h>\w+)|\[[\"'](?P<i>\w+)[\"']\])\s*=\s*"
        rf"{_CHAIN}(?:async\s*)?(?:function\b|\([^\n]*=>|\w+\s*=>)"
    ),
    r"[\"']?(?P<f>\w+)[\"']?\s*:\s*(?:async\s*)?(?:function\b|\([^\n]*\)\s*=>)",
    (
        r"(?:public\s+|private\s+|protected\s+|static\s+|async\s+|readonly\s+|override\s+|get\s+|set\s+|\*\s*)*"
        r"(?!if\b|for\b|while\b|switch\b|catch\b|return\b|function\b|with\b|else\b|do\b|new\b|await\b)(?P<g>#?\w+)\s*(?:<[^\n(]*>)?"
        r"\((?:[^\n;]*\)\s*(?::[^\n{;]+)?\{|(?P<open>\s*$))"
    ),
    r"(?:\w+)\.(?:post|get|put|patch|use|all)\(\s*[\"'`](?P<route>/[^\"'`]*)[\"'`]",
    r"(?:export\s+)?(?:const|let|var)\s+(?P<v>\w+)\s*(?::[^=\n]+)?=",
    (
        r"(?P<of>(?!this\b|self\b|that\b)[\w$]+(?:\.[\w$]+)*)"
        r"\.(?P<w>(?!length\b|name\b|prototype\b|exports\b)\w+)\s*=(?![=>])"
    ),
)
_GO = (
    r"func\s+\(\s*\w*\s*\*?(?P<owner>\w+)(?:\[[^\]]*\])?\s*\)\s*(?P<a>\w+)",
    r"func\s+(?P<b>\w+)",
    r"type\s+(?P<c>\w+)\s+(?:struct|interface)\b",
    r"\w+\.(?:HandleFunc|Handle|POST|GET|PUT)\(\s*\"(?P<route>/?[^\"]*)\"",
    r"(?:var|const)\s+(?P<v>\w+)\b[^\n(]*",
    r"(?P<w>(?!for\b|if\b|switch\b|return\b|case\b)\w+)(?:\s+[\w.\[\]*]+)?\s*=(?!=)",
)
_TYPED = (
    (
        r"(?:(?:public|private|protected|internal|static|final|abstract|sealed|data|open|case|partial|export|template)\s+)*"
        r"(?:class|interface|enum|struct|object|trait|record|namespace(?=\s+\w+\s*\{)|protocol|extension)\s+(?P<c>\w+)"
    ),
    (
        r"(?:(?:public|private|protected|internal|static|final|override|open|suspend|inline|implicit|operator)\s+)*"
        r"(?:fun|def|func)\s+(?:<[^\n>]*>\s*)?(?:\w+\.)?(?P<a>\w+)"
    ),
    (
        r"(?:@\w+(?:\([^\n)]*\))?\s*)*(?:(?:public|private|protected|internal|static|final|abstract|synchronized|native|async"
        r"|override|virtual|default|inline|constexpr|extern|const|unsafe)\s+)*(?!return\b|new\b|else\b|throw\b|case\b|await\b|if\b|while\b|for\b|switch\b|catch\b|yield\b|co_\w+)"
        r"[\w.:<>\[\],?*&]+(?:\s*<[^\n(]*>)?[\s*&]+(?P<owner>\w+::)?(?P<b>\w+)\s*"
        r"\((?:[^\n;]*(?:\)[^\n;]*\{?|,)\s*$|(?P<open>\s*$))"
    ),
    r"(?:public|private|protected|internal)\s+(?P<d>\w+)\s*\([^\n;]*\)\s*(?:throws[^\n{]*)?\{",
    (
        r"(?:(?:public|private|protected|internal|static|final|const|readonly|constexpr|lazy|override)\s+)+"
        r"(?:(?:val|var|let|def)\s+)?(?:[\w.<>\[\],?]+\s+)?(?P<v>\w+)\s*(?::[^\n=]+)?=(?!=)"
    ),
    r"(?:val|var|let|const)\s+(?P<w>\w+)\s*(?::[^\n=]+)?=(?!=)",
    r"#define\s+(?P<x>\w+)",
)
_RUST = (
    r"(?:pub(?:\([^)]*\))?\s+)?(?:const\s+|async\s+|unsafe\s+|extern\s+\"C\"\s+)*fn\s+(?P<a>\w+)",
    r"(?:pub(?:\([^)]*\))?\s+)?(?:struct|enum|trait|union|mod)\s+(?P<c>\w+)",
    r"(?:unsafe\s+)?impl\b(?:<[^{\n]*?>)?\s+(?:[\w:<>', ]+\s+for\s+)?(?P<impl>\w+)",
    r"(?:pub(?:\([^)]*\))?\s+)?(?:const|static)\s+(?:mut\s+)?(?P<v>\w+)\s*:",
)
_RUBY = (
    r"def\s+(?:self\.)?(?P<a>\w+[?!=]?)",
    r"(?:class|module)\s+(?P<c>[\w:]+)",
    r"(?P<v>[A-Z]\w*)\s*=(?!=)",
    r"(?:post|get|put)\s+[\"'](?P<route>/[^\"']*)[\"']",
)
_OTHER = (
    r"(?:local\s+)?function\s+(?:[\w.]+[.:])?(?P<a>\w+)",
    r"(?:public\s+|private\s+|protected\s+|static\s+|final\s+|abstract\s+)*function\s+&?(?P<b>\w+)",
    r"(?:defp?|sub)\s+(?P<d>\w+[?!]?)",
    r"(?P<e>[\w.]+)\s*(?:<-|=)\s*function\b",
    r"(?:final\s+|abstract\s+)?(?:class|trait|interface|defmodule|module|struct)\s+(?P<c>[\w.]+)",
    r"(?P<f>\w+)\s*\(\s*\)\s*\{",
    r"(?:(?:public|protected|private|static|readonly|var|const)\s+)+(?:\??[\w\\]+\s+)?\$?(?P<w>\w+)\s*=(?!=)",
    r"(?:const\s+|my\s+\$|local\s+|@)?(?P<v>[A-Za-z_][\w.]*)\s*(?:<-|=)(?!=)",
)
LINES = {
    suffix: re.compile(rf"^(?P<indent>[ \t]*)(?:{'|'.join(patterns)})")
    for suffixes, patterns in (
        (" ".join(SCRIPTS), _SCRIPT),
        (".go", _GO),
        (".java .kt .kts .scala .c .h .cc .cpp .hpp .cxx .cs .swift .dart .groovy", _TYPED),
        (".rs", _RUST),
        (".rb", _RUBY),
        (".php .r .jl .ex .exs .pl .pm .lua .sh", _OTHER),
    )
    for suffix in suffixes.split()
}
"""Suffix → what the lines of its definitions look like."""
