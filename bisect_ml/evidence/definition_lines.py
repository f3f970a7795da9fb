"""How the lines begin that define something, in languages that are not parsed.

A group of a pattern holds the name: those of `VALUES` name what is no function, those of `AROUND` what the
definition belongs to, or its surroundings.
"""

import re

from bisect_ml.evidence.tokens import SCRIPTS

AROUND = frozenset({"indent", "owner", "own", "hung", "of", "open"})
VALUES = frozenset({"v", "w", "x", "table"})

# `each = forEach = function () {` gives one function several names.
_CHAIN = r"(?:[\w$]+(?:\.[\w$]+|\[[\"']\w+[\"']\])*\s*=\s*)*"
_FUNCTION = rf"\s*{_CHAIN}(?:async\s*)?(?:function\b|\([^\n]*=>|\w+\s*=>)"
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
    # A constructor gives its object what others call a method of its class.
    rf"(?:this|self|that|_this)(?:\.(?P<k>\w+)|\[[\"'](?P<l>\w+)[\"']\])\s*={_FUNCTION}",
    rf"(?P<j>[A-Za-z_$][\w$]*)\s*={_FUNCTION}",
    rf"(?P<owner>[\w$]+(?:\.[\w$]+)*)(?:\.(?P<h>\w+)|\[[\"'](?P<i>\w+)[\"']\])\s*={_FUNCTION}",
    r"[\"']?(?P<f>\w+)[\"']?\s*:\s*(?:async\s*)?(?:function\b|\([^\n]*\)\s*=>)",
    (
        r"(?:public\s+|private\s+|protected\s+|static\s+|async\s+|readonly\s+|override\s+|get\s+|set\s+|\*\s*)*"
        r"(?!if\b|for\b|while\b|switch\b|catch\b|return\b|function\b|with\b|else\b|do\b|new\b|await\b)(?P<g>#?\w+)\s*(?:<[^\n(]*>)?"
        r"\((?:[^\n;]*\)\s*(?::[^\n{;]+)?\{|(?P<open>[^\n;()]*[{\[,]\s*$|\s*$))"
    ),
    r"return\s+(?:async\s+)?function\s*\*?\s*(?P<returned>\w+)",
    r"(?:\w+)\.(?:post|get|put|patch|use|all)\(\s*[\"'`](?P<route>/[^\"'`]*)[\"'`]",
    r"(?:export\s+)?(?:const|let|var)\s+(?P<v>\w+)\s*(?::[^=\n]+)?=",
    (
        r"(?P<of>(?!this\b|self\b|that\b)[\w$]+(?:\.[\w$]+)*)"
        r"\.(?P<w>(?!length\b|name\b|prototype\b|exports\b)\w+)\s*=(?![=>])"
    ),
    r"(?P<x>(?!this\b|self\b|module\b|exports\b)[\w$]+)(?:\[[^\]\n]+\]\s*=(?![=>])|\.(?:push|unshift|set|add)\()",
)
_GO = (
    r"func\s+\(\s*\w*\s*\*?(?P<owner>\w+)(?:\[[^\]]*\])?\s*\)\s*(?P<a>\w+)",
    r"func\s+(?P<b>\w+)",
    r"type\s+(?P<c>\w+)\s+(?:struct|interface)\b",
    r"\w+\.(?:HandleFunc|Handle|POST|GET|PUT)\(\s*\"(?P<route>/?[^\"]*)\"",
    r"(?:var|const)\s+(?P<v>\w+)\b[^\n(]*",
    r"(?P<w>(?!for\b|if\b|switch\b|return\b|case\b)\w+)(?:\s+[\w.\[\]*]+)?\s*=(?!=)",
)
# Words and annotations that may stand before what is defined.
_WITH = (
    r"(?:@\w+(?:\([^\n)]*\))?\s+|(?:public|private|protected|internal|fileprivate|static|final|abstract|sealed|data|open"
    r"|case|partial|export|template|override|suspend|inline|implicit|operator|infix|tailrec|external|expect|actual|inner"
    r"|enum|value|annotation|companion|mutating|nonmutating|required|convenience|dynamic|indirect|lazy|unsafe|readonly"
    r"|file|ref|async|virtual|extern|const|late)(?:\[\w+\])?\s+)*"
)
# An owner may be a template, and stand in a namespace: `ns::Tree<T>::`.
_OWNER = r"(?:\w+::)*(?P<owner>\w+)(?:<[^\n()]*>)?::"
_NO_TYPE = (
    r"(?!(?:return|new|else|throw|case|await|if|while|for|switch|catch|yield|do|using|goto|delete|assert|in|is|as"
    r"|co_\w+)\b)"
)
# What follows the name of a function: its body, on this line or later ones, but no semicolon as after a call.
_BODY = (
    r"\((?:[^\n;]*(?:\)[^\n;]*\{?|,)\s*$|[^\n;{}]*\)[^\n;{}=]*\{[^\n]*\}\s*$"
    r"|[^\n;]*\)\s*=>[^\n]*$|(?P<open>\s*$))"
)
_TYPED = (
    rf"{_WITH}(?:class|interface|enum|struct|object|trait|record(?:\s+struct|\s+class)?|actor|mixin|namespace(?=\s+\w+\s*\{{)|protocol|extension)\s+(?P<c>\w+)",
    rf"{_WITH}(?:fun|def|func)\s+(?:(?:<[^\n>]*>|\[[^\n\]]*\])\s*)?(?:[\w<>?*, ]+\.)?(?P<a>\w+)",
    rf"{_WITH}(?P<e>init|subscript)\??\s*[(<]",
    rf"{_WITH}(?:var|let)\s+(?P<f>\w+)\s*:[^\n={{]+\{{\s*$",
    (
        rf"(?:@\w+(?:\([^\n)]*\))?\s*)*{_NO_TYPE}"
        rf"(?:(?:[A-Z][A-Z0-9_]*\([^\n()]*\)\s*)?(?:(?:::)?[\w\[?][\w.:<>\[\],?]*[\s*&]+){{1,7}}(?:{_OWNER})?"
        r"|(?:[A-Z][A-Z0-9_]*\([^\n()]*\)\s+)|(?=(?:\w+::)*\w+(?:<[^\n()]*>)?::~?\w+\s*\()(?:\w+::)*(?P<own>\w+)(?:<[^\n()]*>)?::)"
        rf"(?P<b>~?\w+|operator\s*[^\s\w(]{{1,3}}|operator\(\))\s*(?:<[^\n()]*>)?\s*{_BODY}"
    ),
    r"(?:public|private|protected|internal)\s+(?P<d>\w+)\s*\([^\n;]*\)\s*(?:throws[^\n{]*)?\{",
    (
        r"(?:(?:public|private|protected|internal|static|final|const|readonly|constexpr|lazy|override|implicit|actual)\s+)+"
        r"(?:(?:val|var|let|def)\s+)?(?:[\w.<>\[\],?]+\s+)?(?P<v>\w+)\s*(?::[^\n=]+?)?(?:=(?!=)|\bby\s)"
    ),
    rf"{_WITH}(?:val|var|let|const)\s+(?:[\w<>?]+\.)?(?P<w>\w+)\s*(?::[^\n=]+?)?(?:=(?!=)|\bby\s|$)",
    r"#define\s+(?P<x>\w+)",
)
_RUST = (
    r"(?:pub(?:\([^)]*\))?\s+)?(?:const\s+|async\s+|unsafe\s+|extern\s+\"C\"\s+)*fn\s+(?P<a>\w+)",
    r"(?:pub(?:\([^)]*\))?\s+)?(?:struct|enum|trait|union|mod)\s+(?P<c>\w+)",
    (
        r"(?:unsafe\s+)?impl\b(?:<[^{\n]*?>)?\s+(?:[\w:<>', &]+\s+for\s+)?(?:&\s*(?:'\w+\s+)?(?:mut\s+)?)?"
        r"(?:\w+::)*(?P<impl>\w+)"
    ),
    r"macro_rules!\s*(?P<b>\w+)",
    r"(?:pub(?:\([^)]*\))?\s+)?(?:const|static)\s+(?:mut\s+)?(?P<v>\w+)\s*:",
    # A macro that is run outside functions defines what its first argument names.
    r"\w+!\s*[({\[]\s*(?P<w>[A-Z]\w*)",
)
_RUBY = (
    r"(?:private\s+|protected\s+|memoize\s+)?def\s+(?:self\.)?(?P<a>\w+[?!=]?|[^\w\s(]{1,3})",
    r"(?:class|module)\s+(?P<c>[\w:]+)",
    r"(?P<v>[A-Z]\w*)\s*=(?!=)",
    r"(?:post|get|put)\s+[\"'](?P<route>/[^\"']*)[\"']",
)
_JULIA = (
    r"(?:@\w+\s+)*function\s+(?:\w+\.)*(?P<a>\w+!?)",
    r"(?:@\w+\s+)*macro\s+(?P<d>\w+)",
    r"(?:@\w+\s+)*(?:\w+\.)*(?P<b>\w+!?)(?:\{[^\n}]*\})?\([^\n]*\)(?:::[^\n=]+?)?(?:\s+where\s+[^\n=]+?)?\s*=(?![=>])",
    r"(?:@\w+\s+)*(?:mutable\s+)?(?:struct|module|abstract\s+type)\s+(?P<c>\w+)",
    r"(?:const\s+|global\s+)*(?P<v>\w+)(?:::[^\n=]+)?\s*=(?![=>])",
)
_ELIXIR = (
    r"(?:defmodule|defprotocol|defimpl)\s+(?P<c>[\w.]+)",
    r"def(?:p|n|np|transform|transformp|macro|macrop|guard|guardp|delegate)?\s+(?P<a>\w+[?!]?)",
    r"@(?P<v>(?!doc\b|moduledoc\b|typedoc\b)\w+)\s+[^\n]",
)
_R = (
    r"(?P<a>[\w.]+)\s*(?:<<?-|=)\s*(?:function\b|\\\()",
    r"[\"'`](?P<b>[^\"'`\n]+)[\"'`]\s*(?:<-|=)\s*(?:function\b|\\\()",
    r"set(?:Method|Generic|Validity)\(\s*[\"'](?P<d>[^\"'\n]+)[\"']",
    r"(?P<c>[\w.]+)\s*<-\s*(?:\w+::)?(?:R6Class|setRefClass|setClass)\(",
    r"(?P<v>\.?[A-Za-z][\w.]*)\s*(?:<<?-|=)(?!=)",
)
_OTHER = (
    r"(?:local\s+)?function\s+(?:[\w.]+[.:])?(?P<a>\w+)",
    r"(?:public\s+|private\s+|protected\s+|static\s+|final\s+|abstract\s+)*function\s+&?(?P<b>\w+)",
    r"sub\s+(?P<d>\w+)",
    r"(?P<e>[\w.]+)\s*(?:<-|=)\s*function\b",
    r"(?:final\s+|abstract\s+|readonly\s+)*(?:class|trait|interface|enum)\s+(?P<c>[\w.]+)",
    r"(?P<f>\w+)\s*\(\s*\)\s*\{",
    r"(?:(?:public|protected|private|static|readonly|var|const)\s+)+(?:\??[\w\\]+\s+)?\$?(?P<w>\w+)\s*=(?!=)",
    r"(?:const\s+|my\s+\$|local\s+|@)?(?P<v>[A-Za-z_][\w.]*)\s*(?:<-|=)(?!=)",
)
LINES = {
    suffix: re.compile(rf"^(?P<indent>[ \t]*)(?:{'|'.join(patterns)})")
    for suffixes, patterns in (
        (" ".join(SCRIPTS), _SCRIPT),
        (".go", _GO),
        (".java .kt .kts .scala .c .h .cc .cpp .hpp .cxx .cu .cuh .cs .swift .dart .groovy", _TYPED),
        (".rs", _RUST),
        (".rb", _RUBY),
        (".jl", _JULIA),
        (".ex .exs", _ELIXIR),
        (".r", _R),
        (".php .pl .pm .lua .sh", _OTHER),
    )
    for suffix in suffixes.split()
}
"""Suffix → what the lines of its definitions look like."""
