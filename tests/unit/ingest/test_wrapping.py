"""Lines broken at a width are joined, and no others."""

from __future__ import annotations

import textwrap

import pytest

from extractor.ingest.wrapping import unflowed, unwrapped

PARAGRAPH = (
    "The Federal Reserve cut its target range to 4.25% to 4.50% on Wednesday, its third straight cut. The S&P 500 sank "
    "2.9%, closing at 5,872.16, and the Dow Jones Industrial Average lost 1,123.03 points, its tenth straight loss."
)


@pytest.mark.parametrize("width", [60, 72, 78, 98])
def test_paragraphs_come_back_whole(width: int) -> None:
    paragraphs = [PARAGRAPH, "Stocks fall", PARAGRAPH, "Bonds fell."]
    broken = "\n\n".join(textwrap.fill(one, width) for one in paragraphs)
    assert unwrapped(broken) == "\n\n".join(paragraphs)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Stocks rose.",
        PARAGRAPH,
        f"{PARAGRAPH}\n{PARAGRAPH}",
        "Stocks rise\nBonds fall\nGold is where it was",
        "\n".join([f"- {PARAGRAPH[:68]}"] * 4),
        "\n".join([f"> {PARAGRAPH[:68]}"] * 4),
        "\n".join(f"{number}. {PARAGRAPH[:68]}" for number in range(1, 5)),
        "S&P 500          5,872.16     -2.95%         -178.45        record in week\n" * 3
        + "Dow Jones       42,326.87     -2.58%       -1,123.03        tenth loss now",
        "a\tb\tc" + "x" * 60 + "\nd\te\tf",
    ],
)
def test_what_nobody_broke_stays(text: str) -> None:
    assert unwrapped(text) == text


def test_an_address_makes_no_width() -> None:
    broken = textwrap.fill(PARAGRAPH, 72)
    assert unwrapped(f"{broken}\n\nhttps://example.com/{'a' * 200}").startswith(PARAGRAPH)


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("The S&P 500 \nrose.\nBonds fell.", "The S&P 500 rose.\nBonds fell."),
        ("Stocks rose.\n\nBonds \nfell.", "Stocks rose.\n\nBonds fell."),
        (" >no quote\n From home", ">no quote\nFrom home"),
        ("Stocks rose.\n-- \nJane", "Stocks rose.\n-- \nJane"),
    ],
)
def test_flowed_lines(text: str, joined: str) -> None:
    assert unflowed(text) == joined


def test_flowed_lines_whose_spaces_are_not_theirs() -> None:
    assert unflowed("5,872. \n16", delete_space=True) == "5,872.16"
