"""Histories in PHP."""

from benchmarks.incidents.histories import History

_RULES = ("german", "turkish", "swedish", "azerbaijani", "hindi", "esperanto")

PHP: tuple[History, ...] = (
    History(
        repo="erusev/parsedown",
        language="php",
        setup=(
            "require 'Parsedown.php';",
            "function md($x, $how = []) { $p = new Parsedown; foreach ($how as $set => $to) $p->$set($to);"
            " return method_exists($p, 'text') ? $p->text($x) : $p->parse($x); }",
            "function once($x) { static $p; $p = $p ?? new Parsedown;"
            " return method_exists($p, 'text') ? $p->text($x) : $p->parse($x); }",
        ),
        roots=("Parsedown.php",),
        entries=dict.fromkeys(
            (
                "Parsedown:text",
                "broken",
                "escaped",
                "safe",
                "strict",
                "unlinked",
                "mixed",
                "again",
                "linked",
                "listed",
            ),
            "Parsedown:text,Parsedown:parse",
        ),
        metrics={
            "Parsedown:text": ("md($x)", "corners"),
            "mixed": ("md($x)", "markup"),
            "broken": ("md($x, ['setBreaksEnabled' => true])", "corners"),
            "escaped": ("md($x, ['setMarkupEscaped' => true])", "corners"),
            "safe": ("md($x, ['setSafeMode' => true])", "markup"),
            "strict": ("md($x, ['setStrictMode' => true])", "corners"),
            "unlinked": ("md($x, ['setUrlsLinked' => false])", "corners"),
            "linked": ("md('<' . $x . '> ' . $x . ' [a](' . $x . ' \"t\")')", "addresses"),
            "listed": ('md(\'- \' . str_replace("\\n", "\\n  ", $x) . "\\n- b")', "corners"),
            "again": ("once($x) . once($x)", "markup"),
            "Parsedown:line": ("(new Parsedown)->line($x)", "corners"),
        },
    ),
    History(
        repo="cocur/slugify",
        language="php",
        setup=(
            "function s($x, ...$how) { return (new Cocur\\Slugify\\Slugify(...$how))->slugify($x); }",
            "function ruled($x, $set) { $s = new Cocur\\Slugify\\Slugify; $s->activateRuleset($set);"
            " return $s->slugify($x); }",
            "function own($x) { $s = new Cocur\\Slugify\\Slugify; $s->addRule('a', 'xy'); return $s->slugify($x); }",
        ),
        roots=("src",),
        entries=dict.fromkeys(
            ["scored", "upper", "stripped", "untrimmed", "spaced", "late", *_RULES],
            "Slugify:slugify",
        ),
        metrics={
            "Slugify:slugify": ("s($x)", "titles"),
            "scored": ("(new Cocur\\Slugify\\Slugify)->slugify($x, '_')", "titles"),
            "upper": ("s($x, ['lowercase' => false])", "titles"),
            "stripped": ("s('<b>' . $x . '</b>', ['strip_tags' => true])", "titles"),
            "untrimmed": ("s(\"-$x-\", ['trim' => false])", "titles"),
            "spaced": ("s($x, ['separator' => ' '])", "titles"),
            "late": ("s($x, ['lowercase_after_regexp' => true])", "titles"),
            **{name: (f"ruled($x, '{name}')", "titles") for name in _RULES},
            "Slugify:addRule": ("own($x)", "titles"),
        },
    ),
)
