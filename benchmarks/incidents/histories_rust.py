"""Histories in Rust."""

from benchmarks.incidents.histories import History, each

RUST: tuple[History, ...] = (
    History(
        repo="rapidfuzz/strsim-rs",
        language="rust",
        setup=("use strsim::*;",),
        held_out=True,
        metrics=each(
            "hamming levenshtein normalized_levenshtein osa_distance damerau_levenshtein jaro jaro_winkler"
            " normalized_damerau_levenshtein sorensen_dice",
            "$(&x[0], &x[1])",
            "pairs",
        ),
    ),
    History(
        repo="maciejhirsz/json-rust",
        language="rust",
        setup=("use json;", "use json::JsonValue;"),
        held_out=True,
        entries={
            "number": "stringify",
            "pretty": "stringify_pretty",
            "float": "JsonValue.as_f64",
            "dumped": "JsonValue.dump",
            "emptied": "JsonValue.is_empty",
        },
        through={"json::parse": "parse"},
        metrics={
            "parse": ("measure::told(json::parse(x).unwrap())", "documents"),
            "dumped": ("json::parse(x).unwrap().dump()", "documents"),
            "pretty": ("json::stringify_pretty(json::parse(x).unwrap(), 4)", "documents"),
            "float": ("json::parse(x).unwrap().as_f64()", "digits"),
            "emptied": ('json::parse(x).unwrap()["a"].is_empty()', "documents"),
            "number": ("json::stringify(x)", "figures"),
        },
    ),
    History(
        repo="netvl/xml-rs",
        language="rust",
        setup=(
            "use xml::reader::{EventReader, ParserConfig};",
            "use xml::writer::EmitterConfig;",
            "fn events(x: &str, c: ParserConfig) -> String { let mut s = String::new();"
            ' for e in EventReader::new_with_config(x.as_bytes(), c) { match e { Ok(e) => s += &format!("{:?}", e),'
            ' Err(e) => { s += "!"; s += &format!("{}", e); break } } } s }',
            "fn again(x: &str) -> String { let mut out = Vec::new(); { let mut w = EmitterConfig::new()"
            ".perform_indent(true).create_writer(&mut out); for e in EventReader::new(x.as_bytes()) {"
            " if let Some(e) = e.unwrap().as_writer_event() { w.write(e).unwrap(); } } }"
            " String::from_utf8(out).unwrap() }",
        ),
        held_out=True,
        entries={"parsed": "EventReader.next", "trimmed": "EventReader.next", "written": "EventWriter.write"},
        metrics={
            "parsed": ("events(x, ParserConfig::new())", "elements"),
            "trimmed": (
                "events(x, ParserConfig::new().trim_whitespace(true).ignore_comments(false)"
                ".cdata_to_characters(true).coalesce_characters(true))",
                "elements",
            ),
            "written": ("again(x)", "elements"),
            "escape_str_attribute": ("xml::escape::escape_str_attribute(x).to_string()", "soup"),
            "escape_str_pcdata": ("xml::escape::escape_str_pcdata(x).to_string()", "soup"),
        },
    ),
    History(
        repo="rust-lang/glob",
        language="rust",
        setup=("use glob::{Pattern, MatchOptions};",),
        held_out=True,
        entries={"loose": "Pattern.matches_with", "path": "Pattern.matches_path"},
        metrics={
            "Pattern.matches": ("Pattern::new(&x[0]).unwrap().matches(&x[1])", "globs"),
            "loose": (
                "Pattern::new(&x[0]).unwrap().matches_with(&x[1], MatchOptions { case_sensitive: false,"
                " require_literal_separator: true, require_literal_leading_dot: true })",
                "globs",
            ),
            "path": ("Pattern::new(&x[0]).unwrap().matches_path(std::path::Path::new(&x[1]))", "globs"),
            "Pattern.escape": ("Pattern::escape(x)", "soup"),
        },
    ),
    History(
        repo="whatisinternet/Inflector",
        language="rust",
        setup=(
            "use inflector::cases::{"
            + ", ".join(
                f"{case}case::*"
                for case in [
                    "camel",
                    "class",
                    "kebab",
                    "pascal",
                    "screamingsnake",
                    "sentence",
                    "snake",
                    "table",
                    "title",
                    "train",
                ]
            )
            + "};",
            "use inflector::numbers::{ordinalize::ordinalize, deordinalize::deordinalize};",
        ),
        held_out=True,
        metrics={
            **each(
                "to_camel_case is_camel_case to_kebab_case to_pascal_case to_screaming_snake_case to_sentence_case"
                " to_snake_case is_snake_case to_title_case is_title_case to_train_case is_kebab_case",
                "$(x)",
                "coded",
            ),
            **each("ordinalize deordinalize", "$(x)", "digits"),
        },
    ),
    History(
        repo="bytesize-rs/bytesize",
        language="rust",
        setup=("use bytesize::ByteSize;",),
        held_out=True,
        entries={
            "parse": "ByteSize.from_str",
            "shown": "ByteSize.fmt",
            "binary": "ByteSize.to_string_as",
            "told": "ByteSize.fmt",
            "kept": "ByteSize.as_u64",
        },
        metrics={
            "parse": ("x.parse::<ByteSize>().unwrap().as_u64()", "spoken_amounts"),
            "shown": ("measure::shown(ByteSize(x.abs() as u64))", "figures"),
            "told": ("measure::told(ByteSize((x.abs() * 1024.0) as u64))", "figures"),
            "binary": ("ByteSize((x.abs() * 1000.0) as u64).to_string_as(true)", "figures"),
            "to_string": ("bytesize::to_string((x.abs() * 7.0) as u64, false)", "figures"),
        },
    ),
    History(
        repo="unicode-rs/unicode-segmentation",
        language="rust",
        setup=(
            "use unicode_segmentation::UnicodeSegmentation;",
            "fn joined<'a>(x: impl Iterator<Item = &'a str>) -> String { x.collect::<Vec<_>>().join(\"|\") }",
        ),
        held_out=True,
        entries={
            "graphemes": "UnicodeSegmentation.graphemes",
            "backwards": "UnicodeSegmentation.graphemes",
            "back": "UnicodeSegmentation.split_word_bounds",
            "words": "UnicodeSegmentation.unicode_words",
            "bounds": "UnicodeSegmentation.split_word_bounds",
            "sentences": "UnicodeSegmentation.unicode_sentences",
        },
        metrics={
            "graphemes": ("joined(x.graphemes(true))", "faces"),
            "backwards": ("joined(x.graphemes(false).rev())", "faces"),
            "words": ("joined(x.unicode_words())", "texts"),
            "bounds": ("joined(x.split_word_bounds())", "soup"),
            "back": ("joined(x.split_word_bounds().rev())", "faces"),
            "sentences": ("joined(x.unicode_sentences())", "texts"),
        },
    ),
    History(
        repo="unicode-rs/unicode-width",
        language="rust",
        setup=("use unicode_width::*;",),
        held_out=True,
        entries={
            "width": "UnicodeWidthStr.width",
            "wide": "UnicodeWidthStr.width_cjk",
            "odd": "UnicodeWidthStr.width",
            "letters": "UnicodeWidthChar.width",
        },
        metrics={
            "width": ("UnicodeWidthStr::width(x)", "faces"),
            "wide": ("UnicodeWidthStr::width_cjk(x)", "faces"),
            "odd": ("UnicodeWidthStr::width(x)", "soup"),
            "letters": ("x.chars().map(|c| UnicodeWidthChar::width(c).unwrap_or(7)).sum::<usize>()", "faces"),
        },
    ),
)
