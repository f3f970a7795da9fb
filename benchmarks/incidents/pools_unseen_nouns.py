"""A pool of nouns whose plurals are not plain."""

import random
from collections.abc import Callable

from benchmarks.incidents.pools import Input, Maker, lines, pool_of


def _words(text: str) -> Maker:
    return lines("\n".join(text.split()))


_NOUNS: dict[str, Maker] = {
    "irregular": _words("""
        man woman child person tooth foot goose mouse louse ox die penny brother move sex human woman caveman
        walkman
        people children feet geese mice teeth men women sexes dice hoof beef turf
    """),
    "latin": _words("""
        alumnus
        cactus fungus focus syllabus radius nucleus stimulus criterion phenomenon datum medium bacterium
        analysis axis basis crisis thesis index matrix vertex appendix alga antenna formula genus opus corpus
        criteria media data memorandum curriculum octopus virus octopi indices matrices alumni schema stadium
    """),
    "hiss": _words("""
        bus buses box boxes church wish kiss quiz quizzes buzz gas bias status alias lens canvas atlas iris
        address addresses class classes process chassis access us virus pus plus bonus campus census abuse
        house houses case cases base bases database nurse nurses course excuse cause clause
    """),
    "wife": _words("""
        leaf leaves wolf wolves knife knives life wife half calf loaf shelf roof chief proof cliff belief chef
        safe cafe curve curves dive dives drive drives hive hives grave graves move moves glove sleeve olive
        slave valve nerve stove cave waves toxicfluff thief reef gulf handkerchief
    """),
    "round": _words("""
        potato tomato hero echo photo piano radio video zero memo halo volcano buffalo torpedo mosquito
        cargo potatoes heroes photos shoes toes foe shoe pro kilo studio embargo tornado veto
    """),
    "ending": _words("""
        city cities day days key monkey company query queries toy party spy soliloquy baby story stories
        movie movies cookie cookies pie zombie specie series species caddie foobar goody body bodies
    """),
    "uncounted": _words("""
        sheep fish deer rice money information equipment news species series police data media aircraft
        software hardware feedback advice weather furniture luggage pokemon staff sms chassis metadata cattle
        sugar bison salmon trousers scissors jeans headquarters stuff traffic music evidence swine
    """),
    "compound": _words("""
        user_group UserGroup userGroup order-item SalesPerson sales_people file_mice BlogPost_Categories
        CamelCaseMan table_of_contents MyAnalysis OldHouse big_box databases file_system_index Mother-in-law
        human_child HTTPRequest x_men policeman firemen work_shoes Taxon TestCases category_person
    """),
    "case": _words("""
        Child CHILD Person PERSON Mouse MOUSE Bus BUS Index INDEX Wife Series NEWS Tooth Ox Alumnus Cities
        Leaves HOUSE Movie Quiz tableName TableName URL Urls IDS
    """),
    "more": _words("""
        cow cows Niveau niveau chateau plateau tableau bureau gateaux trilby sieve save saves taxon taxa
        emphasis oasis synopsis hypothesis parenthesis neurosis offspring shrimp mongoose passerby lady
        cheque torch epoch stomach patch graph moth myth cloth breadth vertebra larva nova
    """),
    "foreign": _words("""
        cheval journal bijou oeil travail nez papel animal luz rey avión cão pão flor mês dia problema
        kitap ev göz bok gutt jente barn lápiz joven crise ruim feliz réseau
    """),
}

UNSEEN_NOUNS: dict[str, Callable[[random.Random], list[Input]]] = {"nouns": pool_of("noun", _NOUNS, 36)}
