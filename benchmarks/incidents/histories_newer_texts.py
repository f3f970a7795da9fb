"""Histories of releases, links, counts in words and likened texts; some weights were set in view of them."""

from benchmarks.incidents.histories import History, each

_FIRST = "import importlib"
_LIKE = "at('$').similarity(*x)"
_FAR = "at('$').distance(*x)"


def _both(names: str) -> dict[str, str]:
    """Return for methods of a version its class as it was called at first and since."""
    return {f"VersionInfo.{name}": f"VersionInfo.{name},Version.{name}" for name in names.split()}


NEWER_TEXTS: tuple[History, ...] = (
    History(
        repo="python-semver/python-semver",
        setup=(
            "import semver as s",
            "def told(parts):\n    return sorted((k, str(v)) for k, v in dict(parts).items())",
            "def v(x):\n"
            "    kind = s.VersionInfo\n"
            "    return kind.parse(x) if hasattr(kind, 'parse') else s.parse_version_info(x)",
            "def valid(x):\n"
            "    kind = s.VersionInfo\n"
            "    return kind.is_valid(x) if hasattr(kind, 'is_valid') else kind.isvalid(x)",
        ),
        roots=("semver.py", "src", "semver"),
        entries={
            "VersionInfo.isvalid": "VersionInfo.isvalid,Version.is_valid",
            **_both("__lt__ __eq__ __getitem__ next_version is_compatible __str__"),
            "nameless": "bump_prerelease",
            "hashed": "VersionInfo.__hash__,Version.__hash__",
        },
        through={"v(": "VersionInfo.parse,Version.parse,parse_version_info"},
        metrics={
            "parse": ("told(s.parse(x))", "new releases"),
            "compare": ("s.compare(*x)", "rival releases"),
            "match": ("s.match(*x)", "demands of releases"),
            **each("max_ver min_ver", "s.$(*x)", "rival releases"),
            "format_version": ("s.format_version(1, 2, 3, x, x)", "new releases"),
            **each("bump_minor bump_patch bump_prerelease", "s.$(x)", "new releases"),
            **each("bump_build finalize_version", "s.$(x)", "new releases"),
            "nameless": ("s.bump_prerelease(x, '')", "new releases"),
            "replace": ("s.replace(x, minor=7, build='b')", "new releases"),
            "VersionInfo.__str__": ("str(v(x))", "new releases"),
            "VersionInfo.isvalid": ("valid(x)", "new releases"),
            "VersionInfo.__lt__": ("v(x[0]) < v(x[1])", "rival releases"),
            "VersionInfo.__eq__": ("v(x[0]) == v(x[1])", "rival releases"),
            "hashed": ("hash(v(x[0])) == hash(v(x[1]))", "rival releases"),
            "VersionInfo.__getitem__": ("v(x)[2:5]", "new releases"),
            "VersionInfo.next_version": ("str(v(x).next_version('prerelease'))", "new releases"),
            "VersionInfo.is_compatible": ("v(x[0]).is_compatible(v(x[1]))", "rival releases"),
        },
    ),
    History(
        repo="luozhouyang/python-string-similarity",
        setup=(
            _FIRST,
            "def of(module, name):\n"
            "    for home in ('strsimpy', 'strsim', 'similarity'):\n"
            "        for file in (module, module.replace('_', '')):\n"
            "            try:\n"
            "                return getattr(importlib.import_module(home + '.' + file), name)\n"
            "            except ModuleNotFoundError:\n"
            "                pass",
            "def at(module, *how):\n"
            "    names = {'metric_lcs': 'MetricLCS', 'ngram': 'NGram', 'qgram': 'QGram', 'sift4': 'SIFT4'}\n"
            "    name = names.get(module) or module.title().replace('_', '')\n"
            "    return of(module, name)(*how)",
            "class Costs:\n"
            "    def cost(self, a, b):\n        return 0.5 if a.lower() == b.lower() else 1.25\n"
            "    def insertion_cost(self, c):\n        return 0.75 if c.isspace() else 1.5\n"
            "    def deletion_cost(self, c):\n        return 0.25 if c in 'aeiou' else 1.0",
            "def weighted(x):\n"
            "    kind, c = of('weighted_levenshtein', 'WeightedLevenshtein'), Costs()\n"
            "    apart = kind.__init__.__code__.co_argcount > 3\n"
            "    made = kind(c.cost, c.insertion_cost, c.deletion_cost) if apart else kind(c, c)\n"
            "    return made.distance(*x)",
        ),
        roots=("strsimpy", "strsim", "similarity"),
        entries={"wide": "NGram.distance", "grams": "Cosine.similarity"},
        metrics={
            "Cosine.similarity": ("at('cosine', 2).similarity(*x)", "likened texts"),
            "grams": ("at('cosine', 3).similarity(*x)", "likened texts"),
            "Cosine.distance": ("at('cosine', 1).distance(*x)", "likened texts"),
            "Jaccard.similarity": ("at('jaccard', 2).similarity(*x)", "likened texts"),
            "Jaccard.distance": ("at('jaccard', 3).distance(*x)", "likened texts"),
            "Damerau.distance": (_FAR.replace("$", "damerau"), "likened texts"),
            "JaroWinkler.similarity": (_LIKE.replace("$", "jaro_winkler"), "likened texts"),
            "Levenshtein.distance": (_FAR.replace("$", "levenshtein"), "likened texts"),
            "LongestCommonSubsequence.distance": (
                _FAR.replace("$", "longest_common_subsequence"),
                "likened texts",
            ),
            "MetricLCS.distance": (_FAR.replace("$", "metric_lcs"), "likened texts"),
            "NGram.distance": (_FAR.replace("$", "ngram"), "likened texts"),
            "wide": ("at('ngram', 4).distance(*x)", "likened texts"),
            "NormalizedLevenshtein.similarity": (
                _LIKE.replace("$", "normalized_levenshtein"),
                "likened texts",
            ),
            "OptimalStringAlignment.distance": (
                _FAR.replace("$", "optimal_string_alignment"),
                "likened texts",
            ),
            "OverlapCoefficient.similarity": ("at('overlap_coefficient', 2).similarity(*x)", "likened texts"),
            "QGram.distance": ("at('qgram', 2).distance(*x)", "likened texts"),
            "SorensenDice.similarity": ("at('sorensen_dice', 2).similarity(*x)", "likened texts"),
            "ShingleBased.get_profile": ("at('qgram', 3).get_profile(x[1])", "likened texts"),
            "WeightedLevenshtein.distance": ("weighted(x)", "likened texts"),
            "SIFT4.distance": (_FAR.replace("$", "sift4"), "likened texts"),
        },
    ),
    History(
        repo="adbar/courlan",
        setup=(
            _FIRST,
            "from urllib.parse import urlsplit",
            "def of(name):\n"
            "    for module in ('clean', 'filters', 'urlutils', 'core'):\n"
            "        try:\n"
            "            return getattr(importlib.import_module('courlan.' + module), name)\n"
            "        except (AttributeError, ModuleNotFoundError):\n"
            "            pass",
            "import courlan.core",
            "home = 'https://example.org'",
        ),
        roots=("courlan",),
        entries={
            "strict": "check_url",
            "english": "check_url",
            "browsed": "check_url",
            "trimmed": "check_url",
            "hosted": "lang_filter",
            "fast": "extract_domain",
            "spoken": "extract_links",
        },
        metrics={
            "check_url": ("of('check_url')(x) or 'none'", "crawled links"),
            "strict": ("of('check_url')(x, strict=True) or 'none'", "crawled links"),
            "english": ("of('check_url')(x, strict=True, language='en') or 'none'", "crawled links"),
            "browsed": ("of('check_url')(x, with_nav=True) or 'none'", "crawled links"),
            "trimmed": ("of('check_url')(x, trailing_slash=False) or 'none'", "crawled links"),
            "clean_url": ("of('clean_url')(x) or 'none'", "crawled links"),
            **each("scrub_url normalize_url", "of('$')(x)", "crawled links"),
            "lang_filter": ("of('lang_filter')(x, 'en')", "crawled links"),
            "hosted": ("of('lang_filter')(x, 'de', strict=True)", "crawled links"),
            "type_filter": ("of('type_filter')(x, strict=True)", "crawled links"),
            "domain_filter": ("of('domain_filter')(urlsplit(x).netloc)", "crawled links"),
            "is_not_crawlable": ("of('is_not_crawlable')(x)", "crawled links"),
            "extract_domain": ("of('extract_domain')(x) or 'none'", "crawled links"),
            "fast": ("of('extract_domain')(x, fast=True) or 'none'", "crawled links"),
            "is_external": ("of('is_external')(x[1], x[0])", "joined links"),
            "fix_relative_urls": ("of('fix_relative_urls')(*x)", "joined links"),
            "extract_links": ("of('extract_links')(x, home, False)", "pages of links"),
            "spoken": ("of('extract_links')(x, home, False, language='de')", "pages of links"),
            "filter_links": ("[sorted(each) for each in of('filter_links')(x, home)]", "pages of links"),
        },
    ),
    History(
        repo="scrapinghub/number-parser",
        setup=(
            "import pkgutil",
            "pkgutil.get_data = lambda *where: b'0'",
            "import number_parser.parser as p",
            "parse = getattr(p, 'parse', None) or p.parser",
        ),
        roots=("number_parser",),
        entries={
            **dict.fromkeys(("parse", "read", "guessed"), "parse,parser"),
            "english": "parse",
            "numbered": "parse_number",
            "placed": "parse_ordinal",
            "tongue": "parse",
            "abroad": "parse_number",
            "unnamed": "parse_number",
            "ordered": "parse_ordinal",
        },
        metrics={
            "parse": ("parse(x)", "sentences with counts"),
            "read": ("parse(x)", "counts in words"),
            "english": ("parse(x, 'en')", "sentences with counts"),
            "parse_number": ("p.parse_number(x)", "counts in words"),
            "numbered": ("p.parse_number(x, 'en')", "counts in words"),
            "parse_ordinal": ("p.parse_ordinal(x)", "counts in words"),
            "placed": ("p.parse_ordinal(x, 'en')", "sentences with counts"),
            "parse_fraction": ("p.parse_fraction(x)", "counts in words"),
            "tongue": ("parse(x[1], x[0])", "counts abroad"),
            "guessed": ("parse(x[1])", "counts abroad"),
            "abroad": ("p.parse_number(x[1], x[0])", "counts abroad"),
            "unnamed": ("p.parse_number(x[1])", "counts abroad"),
            "ordered": ("p.parse_ordinal(x[1], x[0])", "counts abroad"),
        },
    ),
)
