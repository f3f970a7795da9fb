"""All histories that the generator knows."""

from benchmarks.incidents.histories import History
from benchmarks.incidents.histories_fresh import FRESH
from benchmarks.incidents.histories_go import GO
from benchmarks.incidents.histories_java import JAVA
from benchmarks.incidents.histories_javascript import JAVASCRIPT
from benchmarks.incidents.histories_last import LAST
from benchmarks.incidents.histories_last_javascript import LAST_JAVASCRIPT
from benchmarks.incidents.histories_later import LATER
from benchmarks.incidents.histories_newer_amounts import NEWER_AMOUNTS
from benchmarks.incidents.histories_newer_markup import NEWER_MARKUP
from benchmarks.incidents.histories_newer_notations import NEWER_NOTATIONS
from benchmarks.incidents.histories_newer_texts import NEWER_TEXTS
from benchmarks.incidents.histories_newer_times import NEWER_TIMES
from benchmarks.incidents.histories_perl import PERL
from benchmarks.incidents.histories_php import PHP
from benchmarks.incidents.histories_python import PYTHON
from benchmarks.incidents.histories_ruby import RUBY
from benchmarks.incidents.histories_rust import RUST
from benchmarks.incidents.histories_unread import UNREAD
from benchmarks.incidents.histories_unread_more import MORE
from benchmarks.incidents.histories_unseen import UNSEEN
from benchmarks.incidents.histories_unseen_go import UNSEEN_GO
from benchmarks.incidents.histories_unseen_javascript import UNSEEN_JAVASCRIPT
from benchmarks.incidents.histories_unseen_more import UNSEEN_MORE
from benchmarks.incidents.histories_unseen_numbers import UNSEEN_NUMBERS

HISTORIES: tuple[History, ...] = (
    *PYTHON,
    *JAVASCRIPT,
    *PERL,
    *LATER,
    *UNREAD,
    *RUBY,
    *PHP,
    *MORE,
    *FRESH,
    *LAST,
    *LAST_JAVASCRIPT,
    *GO,
    *UNSEEN,
    *UNSEEN_JAVASCRIPT,
    *UNSEEN_NUMBERS,
    *UNSEEN_MORE,
    *UNSEEN_GO,
    *JAVA,
    *RUST,
    *NEWER_MARKUP,
    *NEWER_NOTATIONS,
    *NEWER_TEXTS,
    *NEWER_TIMES,
    *NEWER_AMOUNTS,
)
