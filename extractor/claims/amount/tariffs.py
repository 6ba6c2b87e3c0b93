"""Rates of tariffs by country: "Thailand and Cambodia would be charged 36%", "34% on goods from China".

A story about tariffs names the levy once and then lists countries with bare percentages. A percentage is a country's
rate only where the words between the two say so; whole per cents only, so that no market's move is taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.claims.figures import Figure
from extractor.claims.sentence import Sentence, within
from extractor.domain.annotation import PolicyMention, Quantity
from extractor.rules.tariffs import payers, phrases

_TARIFF = "policy.tariff"
_LEAST, _MOST = 5, 300  # per cent
_REACH = 130  # characters between a country and its rate
_HEDGE = r"(?: (?:about|around|roughly|nearly|at least|up to|as much as|only|just))?"
_SMALL = r"(?: (?:a|an|the|its|their|new|of|at|for|with|to|from|flat|blanket|additional|extra|higher|lower|steeper))"
_AUXILIARY = (
    r"(?: (?:will|would|could|may|might|should|is|are|was|were|now|also|then|both|each|all|had|has|have|been|to|be|"
    r"being|set|due|slated|still|instead|last week|this week|[A-Z][a-z]+day))"
)
_WHEN = r"(?: (?:last|this) (?:week|month)| on [A-Z][a-z]+day| in [A-Z][a-z]{2,8})?"
_BY_COUNTRY = rf"(?: {phrases('goods')})?"
_STANDS = phrases("stands")
_NOTCH = (
    r"(?: (?:just|only|slightly|a notch|a touch|a point|well|far))?"
    r"(?: (?:above|below|under|over|up from|down from|from|at))?"
)

# Between a country and the rate behind it.
_BEHIND = (
    re.compile(rf"{_BY_COUNTRY},?{_AUXILIARY}{{0,4}} {phrases('pays')}{_WHEN}{_SMALL}{{0,3}}{_HEDGE}\s?"),
    re.compile(rf",? (?:the|its|their) (?:figure|number|{phrases('levy')}) {_STANDS}{_SMALL}{{0,1}}{_HEDGE} "),
    re.compile(
        rf"[’']s?(?: new| own| overall)?(?: {phrases('levy')})?(?: now| also| then)?(?: has| had| will| would)?"
        rf" {_STANDS}{_NOTCH}{_SMALL}{{0,1}}{_HEDGE} "
    ),
    re.compile(
        rf"[’']s? (?:trade )?(?:deal|agreement|pact|accord)[^.;:\d]{{0,40}} {phrases('stands')}{_SMALL}{{0,2}} "
    ),
)
# Nothing but a mark: "Myanmar and Laos: 40%", "Indonesia 32%".
_BARE = re.compile(r"(?::|,|,? at|,? with| \(| [-–—])? ?")
# Between a rate and the country behind it.
_AHEAD = re.compile(
    rf"(?: {phrases('levy')}){{0,2}} (?:on|for|against)(?: (?:all|most|the|some|nearly all|virtually all))?"
    rf"(?:(?: [a-z]+)? {phrases('goods')}(?: (?:from|of|made in))?)?(?: both)? (?:the )?"
)
_FROM = re.compile(rf"(?: {phrases('levy')})? on {phrases('goods')} (?:from|of) (?:the )?")
# "the 46% it had been threatened with".
_ONCE = re.compile(
    rf"(?: {phrases('levy')})? (?:that )?(?:it|they){_AUXILIARY}{{0,3}} (?:{phrases('pays')}|given|promised)\b"
)
_THEY = re.compile(
    rf"\b(?:[Tt]he (?:bloc|country|two|pair|three)|[Ii]t|[Tt]hey|[Bb]oth){_AUXILIARY}{{0,4}} {phrases('pays')}"
    rf"{_SMALL}{{0,3}}{_HEDGE} \Z"
)
_JOINED = re.compile(r"(?:, |,? and |,? as well as | & )(?:the )?")
_MARKETS = re.compile(
    r"\b(?:shares|stocks|index|indexes|indices|benchmarks?|equities|futures|inflation|gdp|growth|unemployment|polls?)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Tariffs:
    """What an article has said of tariffs so far."""

    told: bool = False  # a tariff has been named
    payers: tuple[str, ...] = ()  # the countries of the last rate

    def hear(self, sentence: Sentence) -> None:
        self.told = self.told or any(mention.rule == _TARIFF for mention in sentence.policies)

    def owners(self, figure: Figure) -> list[PolicyMention]:
        """The tariffs a percentage is the rate of, one a country; empty where it is none's."""
        sentence, quantity = figure.sentence, figure.quantity
        if not self.told or not _is_rate(quantity) or _MARKETS.search(sentence.text, sentence.start, quantity.start):
            return []
        found = _codes(figure, self.payers)
        if found:
            self.payers = tuple(found)
        return [_mention(code, quantity) for code in found]


def _is_rate(quantity: Quantity) -> bool:
    plain = quantity.unit == "percent" and not quantity.decimals and quantity.sign is None
    return plain and _LEAST <= quantity.value <= _MOST


def _codes(figure: Figure, last: Sequence[str]) -> list[str]:
    """The codes of the countries whose goods pay this rate."""
    sentence, quantity = figure.sentence, figure.quantity
    text, begin = sentence.text, _begin(figure.quantity)
    earlier = within(sentence.quantities, sentence.start, quantity.start)
    floor = earlier[-1].end if earlier else sentence.start
    before = _groups(text, payers(text, max(floor, begin - _REACH * 2), begin))
    if before:
        start, end, codes = before[-1]
        if any(form.fullmatch(text, end, begin) for form in _BEHIND):
            return codes
        if figure.movement is None and not _moves(sentence) and _BARE.fullmatch(text, end, begin):
            return codes
    following = _groups(text, payers(text, quantity.end, min(sentence.end, quantity.end + _REACH)))
    if following and _is_foreign_levy(sentence, following[0][0]):
        return []
    if following:
        start, _, codes = following[0]
        if _AHEAD.fullmatch(text, quantity.end, start) or _FROM.fullmatch(text, quantity.end, start):
            return codes
    if _ONCE.match(text, quantity.end, min(sentence.end, quantity.end + 80)):
        named = _groups(text, payers(text, sentence.start, begin))
        return named[-1][2] if named else list(last)
    if _THEY.search(text, max(floor, begin - _REACH), begin):
        named = _groups(text, payers(text, sentence.start, begin))
        return named[-1][2] if named else list(last)
    return []


def _moves(sentence: Sentence) -> bool:
    """Whether anything in a sentence rises or falls; then a country's bare percentage may be its market's."""
    return any(cue.layer == "movement" for cue in sentence.cues)


def _is_foreign_levy(sentence: Sentence, at: int) -> bool:
    """ "EU tariffs on Chinese electric cars": a topic that names another power's levy covers the place."""
    return any(m.start <= at < m.end and not m.topic.startswith("policy:US") for m in sentence.policies)


def _begin(quantity: Quantity) -> int:
    return quantity.start if quantity.hedge_start is None else min(quantity.start, quantity.hedge_start)


def _groups(text: str, named: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, list[str]]]:
    """Countries named in one breath: "Malaysia, Kazakhstan and Tunisia"."""
    groups: list[tuple[int, int, list[str]]] = []
    for start, end, code in named:
        if groups and _JOINED.fullmatch(text, groups[-1][1], start):
            first, _, codes = groups[-1]
            groups[-1] = (first, end, [*codes, code] if code not in codes else codes)
        else:
            groups.append((start, end, [code]))
    return groups


def _mention(code: str, quantity: Quantity) -> PolicyMention:
    return PolicyMention(
        start=quantity.start,
        end=quantity.end,
        text=quantity.text,
        topic=f"policy:US-{code}:TARIFFS",
        name=f"U.S. tariffs on {code}",
        rule=_TARIFF,
    )
