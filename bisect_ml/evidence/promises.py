"""What a message promises by its first line: more failures, fewer of them, or code that runs at all."""

import re

_NOT = (
    r"(?:don['’]?t|do not|does not|doesn['’]?t|no longer|not|never|only|without|instead of"
    r"|(?:stop|drop|remov|skip|relax|avoid|prevent)\w*)"
)
_LETS_IN = (
    r"(?:(?:allow|accept|permit|tolerat|ignor)\w*"
    r"|support(?:s|ed|ing)?(?!\s+(?:for\s+)?(?:v?\d|py|django|node|php|ruby|go\b)))"
)
_KEEPS_OUT = (
    r"(?:(?:throw|reject|refus|disallow|forbid|validat|strict)\w*|requir(?:e|es|ed|ing)"
    r"|rais\w+(?=\s*$|\s+(?:an?\s+)?(?:\w*(?:error|exception)s?|on|for|if|when|instead)\b))"
)
# These name a failure, and say only with a word against them which way it goes.
_FAILURE = r"(?:(?:fail|crash|error|exception)\w*|die|dies)"
_PROMISE = re.compile(
    rf"\b(?:(?P<not>{_NOT})\s+(?:\w+\s+){{0,2}}?)?(?:(?P<lets>{_LETS_IN})|(?P<keeps>{_KEEPS_OUT})|(?P<failure>{_FAILURE}))(?!\w)",
    re.IGNORECASE,
)
_PLATFORM = re.compile(
    r"\b(?:(?:python|py|php|ruby|perl|java|jdk|go|golang|rails|django|numpy|pandas)[ -]?(?:>?= ?)?v?\d"
    r"(?:[\w./+]*[\w+])?|node(?:\.?js[ -]?v?\d+| v?\d\d+)|pypy\d?|(?:es|ecmascript)\d+|py3k|2to3"
    r"|(?:in)?compat(?:ib(?:le|ility)\w*)?)(?!\w)",
    re.IGNORECASE,
)
_NO_PORT = re.compile(r"(?:^merge\b|\b(?:drop|remov|end)\w*\b)", re.IGNORECASE)


def promise(subject: str) -> tuple[int, str]:
    """Return -1 and the words where a subject says that fewer inputs fail, 1 where more do, else 0.

    A word against it turns the promise round: "no longer ignores", "do not raise", "remove validation".
    """
    for found in _PROMISE.finditer(subject):
        if found["not"] or not found["failure"]:
            lets_in = bool(found["lets"]) != bool(found["not"])
            return (-1 if lets_in else 1), found.group()
    return 0, ""


def platform(subject: str) -> str:
    """Return the words of a subject that name what the code runs on, as a port does, or nothing."""
    found = None if _NO_PORT.search(subject) else _PLATFORM.search(subject)
    return found.group() if found else ""
