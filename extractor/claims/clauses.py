"""Clauses of a sentence, by their openers and by where a new subject with its own predicate begins.

No parse: market prose is built from a few forms ("X rose a% to b, while Y fell c%"), and the places where a
new subject starts are where a known name, or a measure, is followed by a figure or by a word of movement.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractor.claims.sentence import RESUMED, Clause, Sentence, within
from extractor.domain.annotation import MentionForm
from extractor.rules import grammar

_OPENER = re.compile(
    r";|\s[–—-]{1,2}\s|—|:\s"
    r"|,?\s(?P<word>while|whereas|but|although|though|even as|when|because|after|before|having|which|who|for whom|"
    r"for which|that|as|with|and|or|versus|compared with|leaving|following|despite|amid|even though|where)\s"
    r"|,\s",
    re.IGNORECASE,
)
_ALWAYS = frozenset(
    [
        "while",
        "whereas",
        "but",
        "although",
        "though",
        "when",
        "because",
        "after",
        "having",
        "which",
        "who",
        "leaving",
        "following",
        "despite",
        "where",
        "for whom",
        "for which",
    ]
) | {"even as", "even though"}
_ASIDES = frozenset({"which", "who", "where", "for whom", "for which", "having", "after", "following"})
_IS = re.compile(r"\b(?:is|was)\Z")
_GERUND = re.compile(r"\w{2,}ing\b")
_WORD = re.compile(r"[^\s,;]++")
_NOT_A_CLAUSE = re.compile(r"(?:much|high|low|of|well|many|a|an|expected|part|soon|long|usual|it happened)\b", re.I)


def split(sentence: Sentence) -> Sentence:
    """The same sentence with its clauses; a sentence without figures is one clause."""
    whole = Clause(start=sentence.start, end=sentence.end)
    if not sentence.quantities and not sentence.records:
        return replace(sentence, clauses=(whole,))
    names = [(mention.start, mention.end) for mention in sentence.mentions]
    figures = [(quantity.start, quantity.end) for quantity in sentence.quantities]
    covered = [*names, *figures, *((expression.start, expression.end) for expression in sentence.periods)]
    clauses: list[Clause] = []
    start, opener = sentence.start, ""
    for match in _OPENER.finditer(sentence.text, sentence.start, sentence.end):
        if any(a < match.end() and match.start() < b for a, b in covered):
            continue
        resumed = opener in _ASIDES and bool(clauses) and _resumes(sentence, clauses[-1], match)
        if resumed or _opens(sentence, start, match):
            if match.start() > start:
                clauses.append(Clause(start=start, end=match.start(), opener=opener))
            word = match.group("word")
            start, opener = match.end(), RESUMED if resumed else (word or match.group().strip()).lower()
    clauses.append(Clause(start=start, end=sentence.end, opener=opener))
    return replace(sentence, clauses=tuple(clauses))


def _resumes(sentence: Sentence, main: Clause, match: re.Match[str]) -> bool:
    """Whether the main clause, which names its subject, goes on after an aside: a comma, then a finite verb."""
    if match.group() != ", " or not within(sentence.mentions, main.start, main.end):
        return False
    at = match.end()
    verb = _AUXILIARY.match(sentence.text, at)
    at = verb.end() if verb else at
    return any(
        cue.layer in ("movement", "level") and not cue.noun and cue.value != "state" and not cue.text.endswith("ing")
        for cue in within(sentence.cues, at, at + 1)
    )


_AUXILIARY = re.compile(
    r"(?:(?:has|had|have|was|were|also|then|still|nevertheless|nonetheless|even|\w{2,12}ly)\s){1,2}"
)


def _opens(sentence: Sentence, start: int, match: re.Match[str]) -> bool:
    word = (match.group("word") or "").lower()
    if word == "where" and _IS.search(sentence.text, max(start, match.start() - 4), match.start()):
        return False  # "6,800 was where the index closed"
    if word in _ALWAYS:
        return True
    if word == "as":
        return not _NOT_A_CLAUSE.match(sentence.text, match.end()) and _begins_predicate(
            sentence, match.end(), loose=True
        )
    if word == "before" and _GERUND.match(sentence.text, match.end()):
        return True
    if word in ("with", "amid", "versus", "compared with", "that", "before"):
        return _begins_predicate(sentence, match.end())
    if word == "and" and _said_of_both(sentence, match.end()):
        return False
    if word in ("and", "or") or match.group().startswith(","):
        return _has_predicate(sentence, start, match.start()) and _begins_predicate(sentence, match.end())
    return True  # a semicolon, a dash, a colon


def _said_of_both(sentence: Sentence, offset: int) -> bool:
    """ "the Dow and the S&P 500 both lost 1.3%": the name at `offset` shares its predicate with the one before."""
    subject_at = _past_modifiers(sentence, offset)
    return any(_BOTH.match(sentence.text, m.end) for m in sentence.mentions if offset <= m.start <= subject_at <= m.end)


_BOTH = re.compile(r" (?:both|each|all)\b")


def _has_predicate(sentence: Sentence, start: int, end: int) -> bool:
    """Whether [start, end) has said something already: a figure, or a word of movement or level."""
    said = [cue for cue in within(sentence.cues, start, end) if cue.layer in ("movement", "level")]
    return bool(said or within(sentence.quantities, start, end))


def _begins_predicate(sentence: Sentence, offset: int, *, loose: bool = False) -> bool:
    """Whether a new subject stands at `offset`: a name or a measure, then a movement, a level or a figure."""
    subject_at = _past_modifiers(sentence, offset)
    ends = [m.end for m in sentence.mentions if offset <= m.start <= subject_at <= m.end or m.start == subject_at]
    ends += [
        c.end for c in sentence.layer("measure") if offset <= c.start <= subject_at + 24 and c.start - subject_at < 24
    ]
    if not ends:
        return loose and any(m.form is MentionForm.GENERIC and m.start - subject_at < 12 for m in sentence.mentions)
    end = max(ends)
    stop = min([m.start for m in sentence.mentions if m.start >= end], default=sentence.end)
    reach = min(stop, end + 60, sentence.end)
    told = [cue for cue in within(sentence.cues, end, reach) if cue.layer in ("movement", "level", "decision")]
    figures = within(sentence.quantities, end, reach)
    return bool(told or (figures and figures[0].start - end < 30))


def _past_modifiers(sentence: Sentence, offset: int) -> int:
    """Where the first word after "the benchmark", "shares of" and the like begins."""
    for match in _WORD.finditer(sentence.text, offset, min(sentence.end, offset + 80)):
        word = match.group().lower()
        passed = word in grammar.words("modifiers") or word in grammar.words("price_nouns") or word in ("of", "in")
        if not passed and not word.endswith(("'s", "’s")):
            return match.start()
    return offset
