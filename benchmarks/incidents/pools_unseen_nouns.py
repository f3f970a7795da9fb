"""Pools of nouns whose plurals are not plain: few words each, so that a rule for one of them shows."""

import random
from collections.abc import Callable

from benchmarks.incidents.pools import Input, Maker, lines, pool_of


def _words(text: str) -> Maker:
    return lines("\n".join(text.split()))


_LATIN: dict[str, Maker] = {
    "us": _words("alumnus cactus fungus focus syllabus radius nucleus stimulus octopus virus"),
    "on": _words("criterion phenomenon datum medium bacterium memorandum curriculum taxon stadium"),
    "is": _words("analysis axis basis crisis thesis emphasis oasis neurosis synopsis hypothesis"),
    "many": _words("criteria media data bacteria alumni fungi indices matrices theses taxa"),
    "ex": _words("index matrix vertex appendix alga antenna formula genus opus corpus"),
}
_HISS: dict[str, Maker] = {
    "bus": _words("bus buses box boxes church wish kiss quiz quizzes us"),
    "status": _words("status alias lens canvas atlas iris campus census gas bias statuses"),
    "class": _words("class classes address addresses process access chassis pass glass"),
    "house": _words("house houses case cases database databases nurse course cause abuses"),
    "news": _words("news species series police sheep rice fish deer money information equipment"),
}
_LEAF: dict[str, Maker] = {
    "leaf": _words("leaf leaves wolf wolves knife knives life wife half calf loaf"),
    "chief": _words("roof chief proof cliff belief chef safe cafe reef gulf"),
    "wave": _words("curve curves dive dives drive hives grave graves move valve"),
    "hero": _words("potato tomato hero echo photo piano zero memo volcano buffalo"),
    "shoe": _words("shoe shoes toe toes foe heroes potatoes photos avocado embargo"),
}
_FOLK: dict[str, Maker] = {
    "man": _words("man woman child person human men women children people caveman"),
    "tooth": _words("tooth foot goose mouse louse ox die teeth geese mice feet"),
    "city": _words("city cities day key monkey query queries baby story stories"),
    "movie": _words("movie movies cookie cookies pie zombie sieve cow cows niveau"),
    "plenty": _words("software hardware feedback staff sms metadata aircraft furniture weather pokemon"),
}
_NAMED: dict[str, Maker] = {
    "snake": _words("user_group file_mice big_box table_of_contents human_child x_men category_person"),
    "camel": _words("UserGroup userGroup BlogPost_Categories CamelCaseMan OldHouse HTTPRequest TestCases"),
    "dash": _words("order-item Mother-in-law sales-people well-known-man pre-2x x-y"),
    "upper": _words("Child PERSON Mouse MOUSE Bus INDEX Wife NEWS Tooth Alumnus"),
    "work": _words("policeman firemen work_shoes passerby offspring shrimp mongoose databases"),
}
_FOREIGN: dict[str, Maker] = {
    "french": _words("cheval journal bijou oeil travail nez gaz réseau chevaux journaux"),
    "spanish": _words("luz rey papel lápiz joven crisis avión luces canción régimen"),
    "portuguese": _words("cão pão flor mês animal ruim feliz dia país cães"),
    "turkish": _words("kitap ev göz kitaplar evler ben sen okul gün günler"),
    "norwegian": _words("bok gutt jente barn dag bil konto hus dager foto"),
}

UNSEEN_NOUNS: dict[str, Callable[[random.Random], list[Input]]] = {
    "latin nouns": pool_of("noun", _LATIN, 12),
    "hissing nouns": pool_of("noun", _HISS, 12),
    "nouns of leaves": pool_of("noun", _LEAF, 12),
    "nouns of folk": pool_of("noun", _FOLK, 12),
    "named nouns": pool_of("noun", _NAMED, 12),
    "foreign nouns": pool_of("noun", _FOREIGN, 12),
}
