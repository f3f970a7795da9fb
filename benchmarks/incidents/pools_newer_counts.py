"""Pools of counts in words, alone and within sentences, in several languages."""

import random
from collections.abc import Callable

from benchmarks.incidents.pools import Input, Maker, lines, pool_of
from benchmarks.incidents.pools_newer_texts import parted

_COUNTED: dict[str, Maker] = {
    "small": lines("""
        zero
        seven
        eleven
        forty two
        forty-two
        ninety  nine
        one hundred
        hundred
        a hundred
        two hundred and six
        Twelve
        SIXTY FIVE
    """),
    "large": lines("""
        two thousand and nineteen
        one hundred thousand
        billion
        three million two
        nineteen billion and nineteen
        two million three thousand and nineteen
        one hundred twenty three million four hundred fifty six thousand seven hundred and eighty nine
        five hundred trillion
        thousand million
        six thousand billion
        two hundred million and thousands
        five lakh
    """),
    "ordinal": lines("""
        first
        twentieth
        forty second
        one hundred and third
        eleventh
        thousandth
        two thousand and fifth
        ninth
        twelfth
        hundredths
        two-thirds
        SECOND
    """),
    "parts": lines("""
        one over two
        twenty-three divided by four
        three by four
        5 / 7
        six/ten
        1 over two
        half
        one half
        over nine
        two over three over four
        one hundred / hundred
    """),
    "digits": lines("""
        32
        ⇥3⏎
        12 hundred
        3.5
        1,000
        ٣
        ½
        -4
        minus four
        2 thousand
    """),
    "odd": lines("""

        ⇥
        and
        and five
        five and
        two and two
        twenty nineteen
        nine eleven
        one two three
        hundred hundred
        thousand and one thousand
        eleven twelve
        one-hundred-and-one
        hello
        point five
        no one
        seven million two million
    """),
}

_TOLD: dict[str, Maker] = {
    "plain": lines("""
        I have eight cows
        I have eight cows three bulls and seven hundred and twelve million dollars ⇥
        twenty-five cows, twelve chickens and one hundred twenty five kg of potatoes.
        She was twenty one in nineteen eighty four
        call five five five one two
        chapter two hundred and six of ten
        a hundred and one dalmatians
        One, two and three.
        two, three. four
    """),
    "spaced": lines("""
        thirty       four       cows = thirty four cows
        the     sun      is     hundred     and   twelve       km     away.
        one⏎two⇥three
        sixty , seventy . eighty
        six(seven)eight
        two - three
        ten:thirty
        one ,two, three
        twenty two.
        it is five .
        four; five ; six
    """),
    "case": lines("""
        OnE DaY at a Time.
        SeVentY THREE days of SUMMER!!!.
        Twelve 11 pm
        HUNDRED AND Five
        Zero and ZERO
    """),
    "joined": lines("""
        ten and
        ten and a cat
        two and two are four
        hundred and, then five
        and five and six and
        seven hundred and and two
        fish and one and
        one hundred and twenty and thirty
        a million and a half
    """),
    "ordinal": lines("""
        the second of the twenty first
        on the fifth day, the third man
        first come first served
        eleventh hour and twelfth night
        twenty third and forty fifth streets
        one tenth of a second
        ninth-hundred month
        the hundredth and the thousandth
        Third, Fourth and Seventieth
    """),
    "words": lines("""
        someone often weightless
        attend a tense tent
        no number here
        bone stone alone
        and then and there
        sixty-fourths of none
        seconds and minutes

        ,
        fiftieth-ish
    """),
    "ambiguous": lines("""
        twenty nineteen vision twenty twenty
        two thousand thousand
        million billion two thousand hundred
        five hundred six hundred
        eleven hundred fifty
        ninety hundred and one
        thousand million five
        one zero zero
        hundred twenty hundred
        three hundred four thousand seven million
    """),
}

_ABROAD: dict[str, Maker] = {
    "spanish": parted("""
        es → veintiséis
        es → treinta y una
        es → ciento uno
        es → Doscientos cincuenta y seis
        es → trescientas cuarenta y dos
        es → Cien mil
        es → un millón cuatrocientos treinta y dos mil quinientos veinticuatro
        es → mil millones
        es → millardo
        es → tres mil millones veinticuatro
        es → dos y dos son cuatro cuatro
        es → doscientos cincuenta y doscientos treinta y uno y doce
        es → veintitres casas y cinco.
        es → cuatrillón
        es → cinco billones trescientos veinte millones
        es → tercero y segundo
    """),
    "russian": parted("""
        ru → ноль
        ru → двадцать пять
        ru → триста пятьдесят семь
        ru → пятьюстами девяноста шестью
        ru → две тысячи двадцать
        ru → двадцать один миллион семьдесят три
        ru → тысяче
        ru → одной
        ru → семь тысяч четыре кота
        ru → сто, двести и триста
        ru → сорок два миллиарда
        ru → девять
    """),
    "hindi": parted("""
        hi → छब्बीस
        hi → एक सौ एक
        hi → दो सौ छप्पन
        hi → एक लाख
        hi → चौदह लाख बत्तीस हज़ार पाँच सौ चौबीस
        hi → एक अरब
        hi → तेरह जनवरी 1997 11:08
        hi → एक दो तीन
        hi → उनका मासिक वेतन एक लाख है
        hi → छह सौ छियासठ
        hi → दो अरब चौदह करोड़
        hi → शून्य
    """),
    "ukrainian": parted("""
        uk → нуль
        uk → пʼять
        uk → п'ятдесят
        uk → дев’яносто дев’ять
        uk → сто двадцять три
        uk → дві тисячі вісім
        uk → чотириста сорок
        uk → один мільйон
        uk → шістсот котів
        uk → дев'ятнадцять, тридцять
    """),
    "english": parted("""
        en → one hundred and one
        en → twenty second
        en → dos hundred
        en → two mil
        en → three and four
        en → fifty-five
        es → one
        ru → ten сто
        fr → deux
    """),
}

NEWER_COUNTS: dict[str, Callable[[random.Random], list[Input]]] = {
    "counts in words": pool_of("count", _COUNTED, 14),
    "sentences with counts": pool_of("sentence", _TOLD, 13),
    "counts abroad": pool_of("tongue", _ABROAD, 16),
}
