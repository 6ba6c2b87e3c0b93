"""Pairs of articles of our own, each with what it is: a copy, or not. Every way in which stories are taken over stands
beside something that looks like it and is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ARTICLES = Path(__file__).parents[2] / "corpus" / "articles"
STORIES = ("closing_wrap_20240919", "jobs_20250801", "commodities_fx_20250411", "earnings_movers_20250731")


@dataclass(frozen=True)
class Pair:
    what: str
    one: str
    other: str
    copy: bool


def _paragraphs(text: str) -> list[str]:
    return [each for each in text.split("\n") if each.strip()]


def _join(paragraphs: list[str]) -> str:
    return "\n\n".join(paragraphs) + "\n"


def _part(text: str, share: float) -> str:
    """Its first paragraphs, up to a share of its words."""
    kept: list[str] = []
    for each in _paragraphs(text):
        if kept and len(" ".join([*kept, each]).split()) > share * len(text.split()):
            break
        kept.append(each)
    return _join(kept)


def _headline(text: str) -> str:
    return _join(["Markets: what moved and why", "By Staff Writer", *_paragraphs(text)[1:]])


def _agency(text: str) -> str:
    title, *rest = _paragraphs(text)
    return _join([title.upper(), "LONDON, March 3 (Reuters) - " + rest[0], *rest[1:], "(Reporting by A. Writer)"])


def _house_style(text: str) -> str:
    for pattern, other in ((r"(\d)%", r"\1 per cent"), ("’", "'"), ("[“”]", '"'), (r"\bpoints\b", "pts"), ("—", "-")):
        text = re.sub(pattern, other, text)
    return text


def _subbed(text: str) -> str:
    """Every twentieth word is another one."""
    words = re.split(r"(\s+)", text)
    return "".join("reportedly" if at % 40 == 20 else word for at, word in enumerate(words))


def _corrected(text: str) -> str:
    first = re.search(r"\d,\d{3}\.\d\d|\d+\.\d", text)
    assert first
    return "(Corrects a figure in the second paragraph.)\n\n" + text.replace(first[0], "1,111.11")


def _local_lead(text: str) -> str:
    title, *rest = _paragraphs(text)
    lead = (
        "Readers of this paper will have noticed it at the petrol station and at the bank alike, and the savings bank "
        "on Main Street said that its counters had seldom been so busy. Here is how the day went elsewhere."
    )
    return _join([title, lead, *rest])


def _reordered(text: str) -> str:
    title, *rest = _paragraphs(text)
    return _join([title, *rest[len(rest) // 2 :], *rest[: len(rest) // 2]])


TAKEN_OVER: dict[str, Callable[[str], str]] = {
    "another headline and byline": _headline,
    "an agency's tag and credit": _agency,
    "house style": _house_style,
    "the tail cut": lambda text: _part(text, 0.7),
    "nearly half of it cut": lambda text: _part(text, 0.6),
    "another headline, house style, the tail cut": lambda text: _house_style(_headline(_part(text, 0.75))),
    "one word in twenty changed": _subbed,
    "a figure corrected": _corrected,
    "a lead of its own": _local_lead,
    "paragraphs in another order": _reordered,
    "all but the first third cut": lambda text: _part(text, 0.33),  # beyond what the measure sees
}

FURNITURE = """
The closing report is compiled every trading day by the markets desk from exchange data and is updated after the
settlement auction has ended. Volumes are those of the main market alone; companies on the growth market are left
out unless they are named. Percent changes of indexes are rounded to one decimal, those of single shares likewise,
and currencies are shown as they stood at a quarter past five. Past performance says nothing about the future, the
value of what you hold can fall as well as rise, and nothing in this report is a recommendation to buy or to sell
anything. Readers who want the report by mail may sign up on our site; those who have found a mistake are asked to
write to the desk, which prints corrections on the second page of the next day's edition.
"""
MONDAY = (
    """
Harbour exchange closes higher on Monday

The Harbour 30 rose 0.8% on Monday to 4,112.40, with shipping shares ahead. Cromarty Lines gained 3.1% to 14.22 crowns
after it ordered two ferries, while Dunlin Bank slipped 0.4% to 88.10 crowns. Turnover was 1.9 billion crowns. The
crown bought 0.142 dollars, against 0.141 on Friday. Ten-year bonds yielded 3.45%.
"""
    + FURNITURE
)
TUESDAY = (
    """
Harbour exchange closes lower on Tuesday

The Harbour 30 fell 1.2% on Tuesday to 4,063.05, with oil shares behind. Petrel Energy lost 4.6% to 51.75 crowns
after its tanker ran aground, while Dunlin Bank rose 0.9% to 88.90 crowns. Turnover was 2.3 billion crowns. The crown
bought 0.140 dollars, against 0.142 on Monday. Ten-year bonds yielded 3.52%.
"""
    + FURNITURE
)
SAME_FIGURES = """
Ferries lift the Harbour 30

Shipping carried the day. A 0.8% gain left the Harbour 30 at 4,112.40 as investors cheered an order of two new
ferries by Cromarty Lines, whose stock finished 3.1% better at 14.22 crowns. Banks did not join in: Dunlin ended at
88.10, down 0.4%. Dealers counted 1.9 billion crowns of business. On the currency market a crown cost 0.142
dollars, a touch more than the 0.141 of the week before, and the state paid 3.45% for ten years. Analysts at two
houses said that they had waited for the order since the spring, and that the yard's price was lower than they had
feared.
"""


def _robot(name: str, price: str, change: str, volume: str, cap: str, low: str, high: str, average: str) -> str:
    return f"""
Shares of {name} traded {change} on Wednesday

Shares of {name} traded {change} during trading on Wednesday. The stock traded as low as {low} and last traded at
{price}. Some {volume} shares changed hands during mid-day trading, a change from the average session volume. The
stock has a market capitalization of {cap}, a price-to-earnings ratio that is in line with its industry and a beta
that is close to one. The firm has a fifty day moving average of {average}, and the stock has a twelve month high
of {high}. Several research analysts have weighed in on the company. One equities research analyst has rated the
stock with a sell rating, four have given a hold rating and five have given a buy rating to the company.
Institutional investors have recently bought and sold shares of the stock. Several hedge funds and other
institutional investors own shares of the company's stock.
"""


def _midday(figures: tuple[str, ...]) -> str:
    first, second, third, fourth, fifth = figures
    return f"""
Wall Street weighs the Fed's words

NEW YORK — Stocks moved on Thursday as investors weighed what the chair of the Federal Reserve had said about
prices the evening before. The S&P 500 was at {first}, the Dow Jones Industrial Average at {second} and the Nasdaq
Composite at {third}. The chair told an audience of bankers that the work was not done, that rates might have to
stay where they are for longer than many of them would like, and that nobody should mistake one good month for a
trend. Traders had hoped for more. The ten-year Treasury yielded {fourth}%, and crude oil traded at ${fifth} a barrel.
"""


def pairs() -> list[Pair]:
    stories = {name: (ARTICLES / f"{name}.txt").read_text(encoding="utf-8") for name in STORIES}
    found = [
        Pair(f"{name}: {how}", text, taken(text), copy=True)
        for name, text in stories.items()
        for how, taken in TAKEN_OVER.items()
    ]
    names = list(stories)
    found += [
        Pair(f"{one} and {other}", stories[one], stories[other], copy=False)
        for at, one in enumerate(names)
        for other in names[at + 1 :]
    ]
    company = ("Alder Works", "$41.20", "up 2.4%", "1,204,300", "$3.1 billion", "$40.11", "$52.75", "$39.87")
    other = ("Birch Mills", "$7.35", "down 5.9%", "88,900", "$412.5 million", "$7.20", "$11.40", "$8.02")
    noon = ("4,998.20", "38,512.30", "15,702.44", "4.21", "78.40")
    close = ("4,961.75", "38,240.18", "15,588.02", "4.26", "77.15")
    found += [
        Pair("two days of one desk, one furniture", MONDAY, TUESDAY, copy=False),
        Pair("the same figures in other words", MONDAY, SAME_FIGURES, copy=False),
        Pair("a robot on two companies", _robot(*company), _robot(*other), copy=False),
        Pair("a robot on one company, taken over", _robot(*company), "BRIEF\n" + _robot(*company), copy=True),
        Pair("at noon and at the close, every figure another", _midday(noon), _midday(close), copy=False),
        Pair("at the close, one figure mended", _midday(close), _midday((*close[:4], "77.51")), copy=True),
    ]
    return found
