"""What the article has spoken of so far: what "the index", "the stock" and "it" point back to."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from extractor.domain.annotation import Cue, DateExpression, PolicyMention
from extractor.domain.claim import Direction

_NOUN_TYPES: dict[str, tuple[str, ...]] = {
    "index": ("index",),
    "gauge": ("index",),
    "benchmark": ("index", "commodity"),
    "average": ("index",),
    "stock": ("equity", "etf"),
    "share": ("equity", "etf"),
    "shares": ("equity", "etf"),
    "company": ("equity", "organization"),
    "yield": ("yield",),
    "yields": ("yield",),
    "rate": ("rate", "yield"),
    "fund": ("etf",),
    "currency": ("currency",),
    "pair": ("currency",),
    "metal": ("commodity",),
    "commodity": ("commodity",),
    "contract": ("commodity",),
    "token": ("crypto",),
    "cryptocurrency": ("crypto",),
    "coin": ("crypto",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A line that ends in a colon speaks for the lines under it: "For the year:", "These stocks led gains:"."""

    direction: Direction | None
    periods: tuple[DateExpression, ...]
    forecast: bool = False  # "What analysts expected:"
    base: str | None = None  # the currency that the lines say the price of: "One Australian dollar buys:"


@dataclass(slots=True)
class Memory:
    """Subjects in the order they were last spoken of. One per article; fed sentence by sentence."""

    recent: list[str] = field(default_factory=list)
    named: set[str] = field(default_factory=set)  # ids that a mention could only mean
    last: tuple[str, ...] = ()  # subjects of the last bound figure
    last_paragraph: int = -1
    headline: str | None = None  # the company of the title
    title_index: str | None = None  # the index of the title, the first of several
    spoken_in: dict[str, int] = field(default_factory=dict)  # paragraph of the last mention
    header: Header | None = None
    count: dict[str, int] = field(default_factory=dict)  # mentions so far
    levels: dict[str, Decimal] = field(default_factory=dict)  # the last level of each subject
    policy: PolicyMention | None = None  # what "this package" means
    measures: dict[str, tuple[Cue, int]] = field(default_factory=dict)  # the last one told, by the sort of its figure

    spoken_as: dict[str, str] = field(default_factory=dict)  # the currency a pair was last spoken of as

    def speak(self, subject: str, paragraph: int, *, title: bool = False) -> None:
        if title and subject.startswith("equity:") and self.headline is None:
            self.headline = subject
        if title and subject.startswith("index:") and self.title_index is None:
            self.title_index = subject
        self.spoken_in[subject] = paragraph
        self.count[subject] = self.count.get(subject, 0) + 1
        if subject in self.recent:
            self.recent.remove(subject)
        self.recent.append(subject)

    def bound(self, subjects: tuple[str, ...], paragraph: int) -> None:
        self.last, self.last_paragraph = subjects, paragraph

    def measure_like(self, sort: str, paragraph: int) -> Cue | None:
        """What "Analysts were at $1.16" is measured in: the last measure of such a figure, a paragraph back at most."""
        cue, told_in = self.measures.get(sort, (None, -2))
        return cue if paragraph - told_in <= 1 else None

    def is_near(self, subject: str, value: Decimal) -> bool | None:
        """Whether a level is within a third of the subject's last one; None where it had none yet."""
        known = self.levels.get(subject)
        return None if not known else abs(value - known) <= known / 3

    def near(self, value: Decimal) -> tuple[str, ...]:
        """The one subject last seen near this height; empty where none or several were."""
        found = tuple(subject for subject in self.levels if self.is_near(subject, value))
        return found if len(found) == 1 else ()

    def could_mean(self, noun: str | None, subject: str) -> bool:
        return subject.split(":", 1)[0] in _types_of(noun)

    def possible(self, noun: str | None) -> tuple[str, ...]:
        """Every subject spoken of that the noun could mean."""
        return tuple(subject for subject in self.recent if subject.split(":", 1)[0] in _types_of(noun))

    def antecedent(self, noun: str | None, paragraph: int) -> str | None:
        """The subject a generic noun means: the last one of its type, or none if the article named none.

        A trade noun ("the chipmaker") means the last company, as "the company" does.
        """
        types = _types_of(noun)
        companies = [self.count[s] for s in self.recent if s.startswith("equity:")]
        leads = self.headline in self.recent and self.count[self.headline] == max(companies)
        told_of = leads and types == ("equity", "organization")
        if told_of and self.recent and self.spoken_in.get(self.recent[-1], -1) != paragraph:
            return self.headline  # in a new paragraph "the retailer" is again the one of the headline
        fitting = [subject for subject in reversed(self.recent) if subject.split(":", 1)[0] in types]
        if not fitting:
            return None
        if types == ("index",) and self.spoken_in.get(fitting[0], -1) < paragraph:
            # In a new paragraph "the index" is the one the article is about.
            most = max(self.count[subject] for subject in fitting)
            if self.title_index in fitting and self.count[self.title_index] == most:
                return self.title_index
        return fitting[0]

    def continued(self, paragraph: int) -> tuple[str, ...]:
        """What a sentence without a subject goes on about: the last bound subjects, within one paragraph's reach."""
        return self.last if paragraph - self.last_paragraph <= 1 else ()


def _types_of(noun: str | None) -> tuple[str, ...]:
    """What a pointing noun can mean; a trade ("the chipmaker") means a company."""
    return _NOUN_TYPES.get((noun or "company").lower(), ("equity", "organization"))
