"""More histories that came after the first fits: sanitized markup in Python, spoken durations in JavaScript."""

from benchmarks.incidents.histories import History

_SPEAKS = (
    "ar",
    "cs",
    "de",
    "es",
    "fr",
    "hu",
    "it",
    "ja",
    "ko",
    "lt",
    "nl",
    "pl",
    "pt",
    "ru",
    "tr",
    "uk",
    "zh_CN",
)
_OPTIONS = {
    "round": "{round: true}",
    "largest": "{largest: 2}",
    "both": "{largest: 2, round: true}",
    "delimited": "{delimiter: ' + ', spacer: '_'}",
    "few": "{units: ['d', 'h']}",
    "short": "{units: ['y', 'd', 'm'], round: true}",
    "joined": "{conjunction: ' and ', serialComma: false}",
    "fine": "{units: ['h', 's', 'ms'], maxDecimalPoints: 2}",
    "comma": "{language: 'fr', decimal: ','}",
    "measured": "{unitMeasures: {y: 31536e6, mo: 2592e6, w: 6048e5, d: 864e5, h: 36e5, m: 6e4, s: 1e3, ms: 1}}",
}

MORE: tuple[History, ...] = (
    History(
        repo="mozilla/bleach",
        setup=(
            "import collections, collections.abc; vars(collections).update(vars(collections.abc))",
            "import bleach",
            "TAGS = ['a', 'b', 'em', 'p', 'div', 'img', 'li', 'ul', 'br', 'textarea']",
            "HOW = {'*': ['title', 'class'], 'a': ['href'], 'img': ['src', 'alt']}",
        ),
        roots=("bleach",),
        entries={
            **dict.fromkeys(
                ("stripped", "commented", "allowed", "lone", "foreign", "marked"), "bleach:clean"
            ),
            **dict.fromkeys(("mails", "skipped", "bare", "read", "addressed"), "bleach:linkify"),
        },
        metrics={
            "bleach:clean": ("bleach.clean(x)", "soup"),
            "stripped": ("bleach.clean(x, strip=True)", "soup"),
            "commented": ("bleach.clean(x, strip_comments=False)", "soup"),
            "allowed": ("bleach.clean(x, tags=TAGS, attributes=HOW)", "soup"),
            "lone": ("bleach.clean(x, tags=[], strip=True)", "soup"),
            "foreign": ("bleach.clean(x, tags=TAGS, attributes=HOW, protocols=['ftp', 'data'])", "soup"),
            "marked": ("bleach.clean(x, tags=TAGS)", "corners"),
            "bleach:linkify": ("bleach.linkify(x)", "soup"),
            "mails": ("bleach.linkify(x, parse_email=True)", "soup"),
            "skipped": ("bleach.linkify(x, skip_tags=['pre', 'p'])", "soup"),
            "bare": ("bleach.linkify(x, callbacks=[])", "soup"),
            "addressed": ("bleach.linkify('see ' + x + ', (' + x + ').', parse_email=True)", "addresses"),
            "read": ("bleach.linkify(bleach.clean(x))", "markup"),
        },
    ),
    History(
        repo="EvanHahn/HumanizeDuration.js",
        language="javascript",
        setup=("const h = load('humanize-duration.js')",),
        roots=("humanize-duration.js",),
        entries=dict.fromkeys((*_OPTIONS, *_SPEAKS), "humanizer"),
        metrics={
            "humanizer": ("h(x)", "spans"),
            **{name: (f"h(x, {options})", "spans") for name, options in _OPTIONS.items()},
            **{name: (f"h(x, {{language: '{name}'}})", "spans") for name in _SPEAKS},
        },
    ),
)
