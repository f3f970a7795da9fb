"""Histories in Python."""

from benchmarks.incidents.histories import History, each

PYTHON: tuple[History, ...] = (
    History(
        repo="textstat/textstat",
        setup=("from textstat import textstat",),
        held_out=True,
        metrics=each(
            """
            flesch_reading_ease flesch_kincaid_grade smog_index coleman_liau_index
            automated_readability_index lix rix dale_chall_readability_score difficult_words
            linsear_write_formula gunning_fog sentence_count lexicon_count syllable_count
            avg_sentence_length spache_readability char_count reading_time polysyllabcount
            """,
            "textstat.$(x)",
            "texts",
        ),
    ),
    History(
        repo="life4/textdistance",
        setup=("import textdistance",),
        metrics=each(
            """
            hamming levenshtein jaro_winkler jaccard tversky monge_elkan lcsseq ratcliff_obershelp gotoh mra
                editex entropy_ncd
            """,
            "textdistance.$(*x)",
            "pairs",
        ),
    ),
    History(
        repo="python-humanize/humanize",
        setup=("import humanize", "import datetime"),
        metrics={
            **each(
                """
                intword intcomma apnumber fractional ordinal scientific metric
                naturalsize
                """,
                "humanize.$(x)",
                "numbers",
            ),
            "humanize.time:naturaldelta": ("humanize.naturaldelta(datetime.timedelta(seconds=x))", "numbers"),
            "humanize.time:precisedelta": ("humanize.precisedelta(datetime.timedelta(seconds=x))", "numbers"),
            "humanize.time:naturaltime": ("humanize.naturaltime(datetime.timedelta(seconds=x))", "numbers"),
            "humanize.filesize:naturalsize": ("humanize.naturalsize(x, binary=True)", "numbers"),
        },
    ),
    History(
        repo="geopy/geopy",
        setup=("import geopy.distance", "import geopy.point", "import geopy.util"),
        metrics={
            "geopy.distance:great_circle": ("geopy.distance.great_circle(*x).km", "points"),
            "geopy.distance:vincenty": ("geopy.distance.vincenty(*x).km", "points"),
            "geopy.point:Point": ("geopy.point.Point('%s;%s' % tuple(x[0])).longitude", "points"),
            "geopy.distance:GreatCircleDistance": ("geopy.distance.GreatCircleDistance(*x).miles", "points"),
        },
    ),
    History(
        repo="jamesturk/jellyfish",
        setup=("from jellyfish import _jellyfish as jf",),
        held_out=True,
        metrics={
            **each(
                """
                levenshtein_distance damerau_levenshtein_distance jaro_distance
                jaro_winkler hamming_distance jaro_similarity jaro_winkler_similarity
                match_rating_comparison
                """,
                "jf.$(*x)",
                "pairs",
                "jellyfish._jellyfish",
            ),
            **each("soundex metaphone nysiis match_rating_codex", "jf.$(x)", "words", "jellyfish._jellyfish"),
        },
    ),
    History(
        repo="cjhutto/vaderSentiment",
        setup=("from vaderSentiment.vaderSentiment import *", "s = SentimentIntensityAnalyzer()"),
        metrics={
            "vaderSentiment.vaderSentiment:SentimentIntensityAnalyzer.polarity_scores": (
                "s.polarity_scores(x)['compound']",
                "texts",
            ),
        },
    ),
    History(
        repo="savoirfairelinux/num2words",
        setup=("from num2words import num2words",),
        held_out=True,
        entries={
            "num2words:num2words.ordinal": "num2words",
            "num2words:num2words.year": "num2words",
            "num2words:num2words.currency": "num2words",
        },
        metrics={
            "num2words:num2words": ("num2words(x[0], lang=x[1])", "spoken"),
            "num2words:num2words.ordinal": ("num2words(x[0], lang=x[1], to='ordinal')", "spoken"),
            "num2words:num2words.year": ("num2words(int(x[0]), lang=x[1], to='year')", "spoken"),
            "num2words:num2words.currency": ("num2words(x[0], lang=x[1], to='currency')", "spoken"),
        },
    ),
    History(
        repo="derek73/python-nameparser",
        setup=("from nameparser import HumanName",),
        entries={
            "nameparser.parser:HumanName.first": "nameparser.parser:HumanName",
            "nameparser.parser:HumanName.last": "nameparser.parser:HumanName",
            "nameparser.parser:HumanName.middle": "nameparser.parser:HumanName",
            "nameparser.parser:HumanName.title": "nameparser.parser:HumanName",
            "nameparser.parser:HumanName.suffix": "nameparser.parser:HumanName",
            "nameparser.parser:HumanName.nickname": "nameparser.parser:HumanName",
        },
        metrics={
            f"nameparser.parser:HumanName.{name}": (f"HumanName(x).{name}", "people")
            for name in ("first", "last", "middle", "title", "suffix", "nickname")
        }
        | {"nameparser.parser:HumanName": ("str(HumanName(x))", "people")},
    ),
    History(
        repo="scrapinghub/price-parser",
        setup=("from price_parser import *", "from price_parser.parser import *"),
        metrics={
            "price_parser.parser:Price.fromstring": ("Price.fromstring(x).amount_float", "prices"),
            "price_parser.parser:extract_currency_symbol": ("Price.fromstring(x).currency", "prices"),
            "price_parser.parser:extract_price_text": ("extract_price_text(x)", "prices"),
        },
    ),
    History(
        repo="python-validators/validators",
        setup=("import validators",),
        metrics=each(
            """
            email url domain ipv4 ipv6 iban slug uuid mac_address hostname card_number luhn
            md5
            """,
            "bool(validators.$(x))",
            "identifiers",
        ),
    ),
    History(
        repo="mahmoud/boltons",
        setup=(
            "from boltons import strutils, statsutils, mathutils, iterutils, timeutils",
            "import datetime",
        ),
        metrics={
            **each(
                """
                slugify camel2under under2camel split_punct_ws asciify ordinalize
                cardinalize pluralize singularize a10n unit_len strip_ansi is_uuid
                """,
                "strutils.$(x)",
                "words",
                "boltons.strutils",
            ),
            **each("bytes2human ordinalize", "strutils.$(x)", "numbers", "boltons.strutils"),
            **each(
                """
                median mean variance std_dev skewness kurtosis iqr trimean
                median_abs_dev rel_std_dev
                """,
                "statsutils.$(x)",
                "returns",
                "boltons.statsutils",
            ),
            "boltons.timeutils:decimal_relative_time": (
                (
                    "timeutils.decimal_relative_time(datetime.datetime(2020, 1, 1),"
                    " datetime.datetime(2020, 1, 1)"
                    " + datetime.timedelta(seconds=x))[0]"
                ),
                "numbers",
            ),
        },
    ),
    History(
        repo="quantopian/empyrical",
        setup=("import empyrical", "import numpy as np", "import pandas as pd"),
        metrics=each(
            """
            sharpe_ratio sortino_ratio max_drawdown annual_return annual_volatility
            calmar_ratio omega_ratio downside_risk stability_of_timeseries tail_ratio
            cum_returns_final value_at_risk conditional_value_at_risk
            """,
            "empyrical.$(pd.Series(x, index=pd.date_range('2020', periods=len(x))))",
            "returns",
            "empyrical.stats",
        ),
    ),
    History(
        repo="seatgeek/fuzzywuzzy",
        setup=("from fuzzywuzzy import fuzz, process, utils",),
        held_out=True,
        metrics={
            **each(
                """
                ratio partial_ratio token_sort_ratio token_set_ratio partial_token_sort_ratio
                partial_token_set_ratio QRatio WRatio UQRatio UWRatio
                """,
                "fuzz.$(*x)",
                "pairs",
                "fuzzywuzzy.fuzz",
            ),
            "fuzzywuzzy.utils:full_process": ("utils.full_process(x)", "texts"),
            "fuzzywuzzy.process:extractOne": ("process.extractOne(x[0], [x[1], 'smith', 'abc'])[1]", "pairs"),
        },
    ),
    History(
        repo="trentm/python-markdown2",
        setup=("from markdown2 import markdown, Markdown",),
        roots=("lib",),
        held_out=True,
        entries={"safe_mode": "markdown2:markdown", "header_ids": "markdown2:markdown"},
        metrics={
            "markdown2:markdown": ("markdown(x)", "markup"),
            "markdown2:Markdown.convert": (
                "Markdown(extras=['tables', 'fenced-code-blocks', 'footnotes', 'strike', 'break-on-newline'])"
                ".convert(x)",
                "markup",
            ),
            "safe_mode": ("markdown(x, safe_mode='escape')", "markup"),
            "header_ids": (
                "markdown(x, extras=['header-ids', 'toc', 'smarty-pants', 'cuddled-lists'])",
                "markup",
            ),
        },
    ),
    History(
        repo="lepture/mistune",
        setup=("import mistune",),
        metrics={
            "mistune:markdown": ("mistune.markdown(x)", "markup"),
            "html": ("mistune.html(x)", "markup"),
            "mistune:Markdown": ("mistune.Markdown()(x)", "markup"),
            "create_markdown": (
                "mistune.create_markdown(escape=False, plugins=['table', 'footnotes'])(x)",
                "markup",
            ),
        },
    ),
    History(
        repo="jaraco/inflect",
        setup=("import inflect", "p = inflect.engine()"),
        metrics={
            **each(
                "plural plural_noun plural_verb singular_noun a present_participle",
                "p.$(x)",
                "words",
                "inflect",
            ),
            **each("ordinal number_to_words", "p.$(x)", "numbers", "inflect"),
            "inflect:engine.no": ("p.no('cat', x)", "numbers"),
            "inflect:engine.compare": ("p.compare(*x)", "pairs"),
        },
    ),
    History(
        repo="bear/parsedatetime",
        setup=(
            "import datetime, parsedatetime",
            "ref = datetime.datetime(2019, 3, 6, 12, 0).timetuple()",
            "cal = parsedatetime.Calendar()",
        ),
        metrics={
            "parsedatetime:Calendar.parse": (
                "sum(a * b for a, b in zip(cal.parse(x, ref)[0], (3e4, 3e3, 1e2, 4, .1, .01)))",
                "dates",
            ),
            "parsedatetime:Calendar.parseDT": ("cal.parseDT(x, sourceTime=ref)[1]", "dates"),
            "parsedatetime:Calendar.nlp": ("len(cal.nlp('on ' + x + ' we met', sourceTime=ref))", "dates"),
            "parsedatetime:Calendar.parseDate": ("cal.parseDate(x)[0] + cal.parseDate(x)[1] / 12", "dates"),
        },
    ),
    History(
        repo="dateutil/dateutil",
        setup=(
            "import datetime",
            "import dateutil.parser, dateutil.rrule, dateutil.relativedelta, dateutil.easter",
            "ref = datetime.datetime(2019, 3, 6)",
            "day = lambda d: d.replace(tzinfo=None).toordinal() + d.hour / 24.0 + d.minute / 1440.0",
        ),
        held_out=True,
        entries={"fuzzy": "dateutil.parser:parse", "dayfirst": "dateutil.parser:parse"},
        metrics={
            "dateutil.parser:parse": ("day(dateutil.parser.parse(x, default=ref))", "dates"),
            "fuzzy": ("day(dateutil.parser.parse('at ' + x + ' or so', default=ref, fuzzy=True))", "dates"),
            "dayfirst": ("day(dateutil.parser.parse(x, default=ref, dayfirst=True))", "dates"),
            "isoparse": ("day(dateutil.parser.isoparse(x))", "dates"),
            "dateutil.relativedelta:relativedelta": (
                "repr(dateutil.relativedelta.relativedelta(ref, dateutil.parser.parse(x, default=ref)))",
                "dates",
            ),
            "dateutil.rrule:rrule": (
                "day(dateutil.rrule.rrule(dateutil.rrule.WEEKLY, count=5, "
                "dtstart=dateutil.parser.parse(x, default=ref))[-1])",
                "dates",
            ),
        },
    ),
    History(
        repo="un33k/python-slugify",
        setup=("from slugify import slugify",),
        entries={"entities": "slugify", "unicode": "slugify", "address": "slugify"},
        metrics={
            "slugify.slugify:slugify": ("slugify(x)", "texts"),
            "slugify.slugify:smart_truncate": ("slugify(x, max_length=20, word_boundary=True)", "texts"),
            "entities": ("slugify(x, separator='_', stopwords=['the', 'of'])", "markup"),
            "unicode": ("slugify(x, allow_unicode=True)", "faces"),
            "address": ("slugify(x)", "addresses"),
        },
    ),
    History(
        repo="andialbrecht/sqlparse",
        setup=("import sqlparse",),
        entries={
            "strip_comments": "sqlparse:format",
            "reindent_aligned": "sqlparse:format",
            "grouping": "sqlparse:parse",
            "get_type": "sqlparse:parse",
        },
        metrics={
            "sqlparse:format": ("sqlparse.format(x, reindent=True, keyword_case='upper')", "sql"),
            "sqlparse:split": ("len(sqlparse.split(x))", "sql"),
            "sqlparse:parse": ("len(list(sqlparse.parse(x)[0].flatten()))", "sql"),
            "get_type": ("sqlparse.parse(x)[0].get_type()", "sql"),
            "strip_comments": ("sqlparse.format(x, strip_comments=True)", "sql"),
            "grouping": ("len(sqlparse.parse(x)[0].tokens)", "sql"),
            "reindent_aligned": ("sqlparse.format(x, reindent_aligned=True)", "sql"),
        },
    ),
    History(
        repo="dwolfhub/zxcvbn-python",
        setup=("from zxcvbn import zxcvbn",),
        entries={"guesses_log10": "zxcvbn"},
        metrics={
            "zxcvbn:zxcvbn": ("zxcvbn(x)['score']", "secrets"),
            "guesses_log10": ("zxcvbn(x)['guesses_log10']", "secrets"),
            "zxcvbn.scoring:most_guessable_match_sequence": ("len(zxcvbn(x)['sequence'])", "secrets"),
            "zxcvbn.feedback:get_feedback": ("str(zxcvbn(x)['feedback']['warning'])", "secrets"),
        },
    ),
    History(
        repo="carpedm20/emoji",
        setup=("import emoji",),
        entries={"use_aliases": "emojize"},
        metrics={
            **each("demojize emojize emoji_count is_emoji purely_emoji replace_emoji", "emoji.$(x)", "faces"),
            "emoji_list": ("len(emoji.emoji_list(x))", "faces"),
            "emoji_lis": ("len(emoji.emoji_lis(x))", "faces"),
            "distinct_emoji_list": ("len(emoji.distinct_emoji_list(x))", "faces"),
            "use_aliases": ("emoji.emojize(x, use_aliases=True)", "faces"),
        },
    ),
    History(
        repo="pltrdy/rouge",
        setup=("from rouge import Rouge", "r = Rouge()"),
        entries={
            "rouge.rouge:Rouge.get_scores.rouge-1": "rouge.rouge:Rouge.get_scores",
            "rouge.rouge:Rouge.get_scores.rouge-2": "rouge.rouge:Rouge.get_scores",
            "rouge.rouge:Rouge.get_scores.rouge-l": "rouge.rouge:Rouge.get_scores",
        },
        metrics={
            f"rouge.rouge:Rouge.get_scores.{kind}": (
                f"r.get_scores(x, 'the good word of the people was said. after very little work')[0]['{kind}']['f']",
                "texts",
            )
            for kind in ("rouge-1", "rouge-2", "rouge-l")
        },
    ),
    History(
        repo="rspeer/python-ftfy",
        setup=("import ftfy", "import ftfy.fixes, ftfy.badness, ftfy.formatting"),
        held_out=True,
        entries={"plain": "ftfy:fix_text"},
        metrics={
            **each("fix_text fix_encoding fix_text_segment", "ftfy.$(x)", "faces", "ftfy"),
            "ftfy.badness:text_cost": ("ftfy.badness.text_cost(x)", "faces"),
            "ftfy.badness:sequence_weirdness": ("ftfy.badness.sequence_weirdness(x)", "faces"),
            "ftfy.badness:badness": ("ftfy.badness.badness(x)", "faces"),
            **each(
                "unescape_html remove_terminal_escapes uncurl_quotes fix_latin_ligatures fix_line_breaks "
                "remove_control_chars fix_character_width fix_surrogates fix_text_encoding",
                "ftfy.fixes.$(x)",
                "faces",
                "ftfy.fixes",
            ),
            "plain": ("ftfy.fix_text(x)", "markup"),
        },
    ),
    History(
        repo="dgilland/pydash",
        setup=("import pydash",),
        entries={"levenshtein": "difference"},
        metrics={
            **each(
                "slugify camel_case snake_case kebab_case start_case capitalize deburr human_case "
                "swap_case title_case unescape escape words clean chop_right separator_case succ_case",
                "pydash.$(x)",
                "texts",
            ),
            **each("mean median mode variance std_deviation sum_ total average", "pydash.$(x)", "samples"),
            **each("round_ ceil floor", "pydash.$(x, 1)", "numbers"),
            "url": ("pydash.url(x, 'a', q=1)", "addresses"),
            "number_format": ("pydash.number_format(x, 2)", "numbers"),
            "levenshtein": ("pydash.difference(list(x[0]), list(x[1]))", "pairs"),
        },
    ),
    History(
        repo="vacanza/holidays",
        setup=("import datetime", "import holidays", "known = {}"),
        held_out=True,
        entries={"name": "HolidayBase.get", "country_holidays": "HolidayBase.__contains__"},
        metrics={
            "country_holidays": (
                "float(datetime.date(*x[1]) in known.setdefault(x[0], getattr(holidays, x[0])()))",
                "holidays",
            ),
            "name": (
                "str(known.setdefault(x[0], getattr(holidays, x[0])()).get(datetime.date(*x[1])))",
                "holidays",
            ),
        },
    ),
)
