"""Moves whose reading is a guess: a true figure of something else, or of another time, must not be accused as this one.

Nothing here changes a claim. A doubtful one keeps its subject and its day, may be supported, and is never contradicted.
"""

from __future__ import annotations

import re

from extractor.claims import periods, wording
from extractor.claims.choosing import is_calendar_span, is_move_window, is_past_span
from extractor.claims.figures import Figure
from extractor.claims.sentence import Sentence, within
from extractor.domain.annotation import Cue, DateExpression, MentionForm, Quantity
from extractor.domain.claim import DateSource, Period
from extractor.rules import grammar

_PRICED = frozenset({"equity", "etf", "index", "commodity", "crypto", "currency"})
_CHANGES = frozenset({"percent", "points", "multiple", "basis_points", "percentage_points"})
_CARRIED = frozenset({"continued", "remembered", "oblique", "later"})
# "about 60% of what it sells", "40% of its revenue", not "lost 17% of its value".
_IS_A_PART = re.compile(r"\sof\s(?!(?:its|their|his|her|the)\s(?:market\s)?(?:value|worth|price)\b)")
# "MicroStrategy was Friday's Nasdaq-100 champion, tacking on 13.2%": the index is only what somebody leads.
_AS_ITS = re.compile(
    r"(?:[’']s?)?\s(?:\w+\s){0,2}?(?:champions?|leaders?|winners?|losers?|laggards?|gainers?|decliners?|standouts?|stars?|"
    r"performers?|members?|components?|constituents?|stocks?)\b",
    re.IGNORECASE,
)
_OBJECT = re.compile(
    r"\s(?:its|their|his|her|the|an?|sales|revenue|profits?|output|production|capacity|spending)\s", re.IGNORECASE
)
_GROWTH = re.compile(r"\s(?:[\w-]+\s)?growth\b")  # of sales, not of a price
# A stretch that no rule could read: "since New Year's", "over the holiday-free week".
_STRETCH = re.compile(
    r"\bsince\s(?!then\b)|\b(?:over|for|in|during|through|across)\s(?:the|an?|its|this|that|all)\s(?:[\w-]+\s){0,3}?"
    r"(?:week|month|quarter|half|year|stretch|span)\b(?! (?:ago|earlier|low|high))",
    re.IGNORECASE,
)
_OF_WHAT = re.compile(r"\s(?:in|of|for|at)\s(?:(?:the|its|their|his|her|a|an|both)\s)?(?P<word>[\w&.-]++)")
_SINCE_WORD = re.compile(r"\bsince\b", re.IGNORECASE)
_SINCE_BEFORE = re.compile(r"\bsince\s[^,;]{1,50}\Z", re.IGNORECASE)
_NO_QUOTE = re.compile(  # what dollars a share are told of, other than its price
    r"\b(?:deal|offer\w*|bids?|bidding|valu(?:es?|ed|ing|ation)|worth|buyout|takeover|acqui\w+|IPO|book value|targets?|"
    r"initial public offering|pric(?:ed|ing)|sold|sell(?:s|ing)?|issu(?:e|ed|ing)|bought|buy(?:s|ing)?|purchas\w+|paid|"
    r"pay(?:s|ing)?|stakes?|invest\w*|strike|conversion|convert\w*|tender\w*|debut\w*|grant\w*|exercis\w+|fair value)\b"
)
_NO_QUOTE_BEHIND = re.compile(r"(?:\s|-)(?:a[- ]share\s)?(?:offer|bid|IPO|deal|buyout|strike|conversion|target)\b")
_AT = frozenset({"at", "to", "near", "above", "below", "around", "from", "hit", "touched", "reached"})
_BEHIND = 24  # characters a window may stand behind the last of a chain of figures
_LIKE_A_VERB = re.compile(r"\w{2,}(?:ing|ed|ly)")
_NO_TOPIC = grammar.words("no_topic") | grammar.words("price_nouns")


def is_doubtful(figure: Figure, period: Period | None, *, framed: bool) -> bool:
    """Whether a percent or points move may be of another subject or another time than it was read for.

    framed: the sentence before told moves of a longer window alone, so that a move without a date may be of it too.
    """
    if figure.bound.type not in _PRICED:
        return False
    if figure.quantity.unit == "multiple" and _is_today(period):
        return True  # nothing doubles in a day without the day being named
    if framed and _is_today(period) and not _dated(figure.sentence):
        return True
    if _has_an_unread_window(figure) or _multiplies_another(figure):
        return True
    if figure.quantity.unit == "percent" and _IS_A_PART.match(figure.sentence.text, figure.quantity.end):
        return True
    return (
        _is_anothers(figure)
        or _has_its_own_subject(figure)
        or _has_its_own_topic(figure)
        or _stands_at(figure)
        or _of_another_time(figure, period)
    )


def is_doubtful_level(figure: Figure, period: Period | None) -> bool:
    """Whether dollars told of a share may be no price of the day: an offer, a valuation, a price of another time."""
    sentence = figure.sentence
    if figure.lead == "from" and _SINCE_WORD.search(sentence.text, sentence.start, sentence.end):
        return figure.bound.type in ("equity", "etf")
    if period is not None and period.text and _since_then(figure.sentence, period.text):
        return True
    if figure.bound.type not in ("equity", "etf") or not figure.is_money:
        return False
    text, quantity = figure.sentence.text, figure.quantity
    start = max(figure.clause.start, figure.bound.mention.end if figure.bound.mention else 0)
    if start < quantity.start and _NO_QUOTE.search(text, start, quantity.start):
        return True
    if _NO_QUOTE_BEHIND.match(text, quantity.end, figure.sentence.end):
        return True
    unsaid = figure.movement is None and figure.level is None
    return unsaid and (figure.bound.how in _CARRIED or _is_anothers(figure) or figure.lead not in _AT)


def _since_then(sentence: Sentence, words: str) -> bool:
    """ "Since its split on Monday the shares have gone to $105": the day is where the stretch begins."""
    at = sentence.text.find(words, sentence.start, sentence.end)
    return at >= 0 and _SINCE_BEFORE.search(sentence.text, max(sentence.start, at - 60), at) is not None


def _is_anothers(figure: Figure) -> bool:
    """Whether another share or index is named between the one that was chosen and the figure, in its clause."""
    sentence, mention = figure.sentence, figure.bound.mention
    if mention is None or mention.end > figure.quantity.start:
        return False
    start = max(mention.end, figure.clause.start)
    if figure.bound.type in ("index", "etf") and _AS_ITS.match(sentence.text, mention.end, figure.quantity.start):
        return True
    return any(
        other.form is not MentionForm.GENERIC and not set(other.candidates) & set(figure.bound.ids)
        and any(candidate.startswith(("equity:", "index:", "etf:")) for candidate in other.candidates)
        for other in within(sentence.mentions, start, figure.quantity.start)
    )  # fmt: skip


def _has_its_own_subject(figure: Figure) -> bool:
    """ "... 15.3%, though the levy on Chinese goods was raised to 125%": words before the verb that are a subject."""
    if figure.movement is None:
        return False
    if figure.bound.how not in _CARRIED:
        return _goes_on_elsewhere(figure)
    if figure.clause.opener in ("that", "which", "who") and not _is_antecedent(figure):
        return True
    sentence, start = figure.sentence, figure.clause.start
    end = min(figure.movement.start, figure.quantity.start)
    return any(not _is_small(word) for word in _outside(sentence, start, end))


def _goes_on_elsewhere(figure: Figure) -> bool:
    """ "vaulted 14% on procedures that grew 20%": after a figure of its own, something else has one."""
    sentence, mention = figure.sentence, figure.bound.mention
    if mention is None or figure.movement is None or mention.end > figure.quantity.start:
        return False
    told = within(sentence.quantities, max(mention.end, figure.clause.start), figure.quantity.start)
    end = min(figure.movement.start, figure.quantity.start)
    return bool(told) and any(not _is_small(word) for word in _outside(sentence, told[-1].end, end))


def _is_antecedent(figure: Figure) -> bool:
    """ "Oracle, which fell 3%", not "on procedures that grew 20%": what stands right before the relative."""
    mention = figure.bound.mention
    opens = figure.clause.start
    return mention is not None and _BEFORE_RELATIVE.fullmatch(figure.sentence.text, mention.end, opens) is not None


def _outside(sentence: Sentence, start: int, end: int) -> list[str]:
    """Words of a stretch but those of its dates, its names and its figures."""
    covered = sorted(
        [
            *((e.start, e.end) for e in within(sentence.periods, start, end)),
            *((q.start, q.end) for q in within(sentence.quantities, start, end)),
            *((m.start, m.end) for m in within(sentence.mentions, start, end) if m.form is not MentionForm.STRANGER),
            *((c.start, c.end) for c in within(sentence.cues, start, end) if c.layer != "measure"),
        ]
    )
    found: list[str] = []
    at = start
    for a, b in [*covered, (end, end)]:
        if a > at:
            found += wording.tokens(sentence.text, at, a)
        at = max(at, b)
    return found


def _is_small(word: str) -> bool:
    if not word[0].isalpha() or _LIKE_A_VERB.fullmatch(word):
        return True
    return any(word in grammar.words(name) for name in _SMALL)


_BEFORE_RELATIVE = re.compile(
    r"(?:[’']s?)?(?:\s(?:shares?|stock|Inc\.?|Corp\.?))?(?:\s\([^)]{1,20}\))?,?\s(?:that|which|who)\s"
)
_SMALL = (
    "no_subject", "before_verb", "between_move_and_figure", "modifiers", "price_nouns", "move_nouns", "neutral_heads",
    "after_figure", "irregular_past", "before_superlative", "owned",
)  # fmt: skip


def _has_its_own_topic(figure: Figure) -> bool:
    """ "despite a 78% jump in quarterly revenue", "a 5% rise in costs": the noun says of what."""
    noun = figure.movement
    if _GROWTH.match(figure.sentence.text, figure.quantity.end):
        return True
    if noun is None or not noun.noun:
        return False
    sentence = figure.sentence
    told = _OF_WHAT.match(sentence.text, max(noun.end, figure.quantity.end), sentence.end)
    if told is None or (noun.end < figure.quantity.start and told.group().split()[0] == "for"):
        return False
    at = told.start("word")
    known = [
        *((m.start, m.end) for m in sentence.mentions),
        *((e.start, e.end) for e in sentence.periods),
        *((q.start, q.end) for q in sentence.quantities),
    ]
    if any(start <= at < end for start, end in known):
        return False
    return told["word"].lower() not in _NO_TOPIC


def _stands_at(figure: Figure) -> bool:
    """ "was raised to 125%", "extending its advance to 54%": no price moves to a percentage, a tax or a sum does."""
    return figure.quantity.unit == "percent" and figure.lead == "to" and figure.movement is not None


def _dated(sentence: Sentence) -> bool:
    """Whether a sentence has a date that is not only what a superlative reaches back to."""
    return any(not any(r.start <= e.start < r.end for r in sentence.records) for e in sentence.periods)


def _multiplies_another(figure: Figure) -> bool:
    """ "after nearly doubling its growth target": the verb has an object, and no price is one."""
    quantity = figure.quantity
    return quantity.unit == "multiple" and bool(_OBJECT.match(figure.sentence.text, quantity.end))


def _has_an_unread_window(figure: Figure) -> bool:
    """Whether the sentence names a window that no rule could read."""
    sentence = figure.sentence
    known = [*((e.start, e.end) for e in sentence.periods), *((r.start, r.end) for r in sentence.records)]
    clause = figure.clause
    return any(
        (match.group().lower().startswith("since") or clause.start <= match.start() < clause.end)
        and not any(start < match.end() and match.start() < end for start, end in known)
        for match in _STRETCH.finditer(sentence.text, sentence.start, sentence.end)
    )


def _of_another_time(figure: Figure, period: Period | None) -> bool:
    """Whether a window in the sentence is this figure's by its place, though another day was read."""
    if not _is_today(period):
        return False
    sentence = figure.sentence
    others = [q for q in sentence.quantities if q.unit in _CHANGES]
    chain = _chain(figure, others)
    first = sentence.clause_at(chain[0].start).start
    for expression in sentence.periods:
        if not _is_stretch(expression) or periods.role(expression, sentence.text) is periods.Role.REFERENCE:
            continue
        if any(r.start <= expression.start < r.end for r in sentence.records):
            continue
        in_chain = len(chain) > 1 and first <= expression.start < chain[-1].end + _BEHIND
        if in_chain or min(others, key=lambda q: _apart(q, expression), default=None) in chain:
            return True
    return False


def _chain(figure: Figure, changes: list[Quantity]) -> list[Quantity]:
    """The changes told by one verb: "the Dow rose 1.2%, the S&P 500 0.8% and the Nasdaq 0.3% for the week"."""
    sentence = figure.sentence
    at = next((i for i, q in enumerate(changes) if q.start == figure.quantity.start), None)
    if at is None:
        return [figure.quantity]
    first = last = at
    while first > 0 and not _told_anew(sentence, changes[first - 1].end, changes[first].start):
        first -= 1
    while last + 1 < len(changes) and not _told_anew(sentence, changes[last].end, changes[last + 1].start):
        last += 1
    return changes[first : last + 1]


def _told_anew(sentence: Sentence, start: int, end: int) -> bool:
    return any(cue.layer in ("movement", "level") for cue in within(sentence.cues, start, end))


def _is_stretch(expression: DateExpression) -> bool:
    return is_move_window(expression) or is_calendar_span(expression) or is_past_span(expression)


def _apart(one: Quantity | Cue, other: DateExpression) -> int:
    return max(one.start - other.end, other.start - one.end)


def _is_today(period: Period | None) -> bool:
    return period is not None and period.is_day and period.source is DateSource.IMPLIED
