"""Pages as heavy as those of the web, of our own making: about 150 kB, of which the story is a twentieth."""

# ruff: noqa: E501 markup reads better in one piece

from __future__ import annotations

import json
import random

from tests.fakes.layouts import LAYOUTS, Layout, story

SIZE = 150_000
_WORDS = [
    "metal",
    "mine",
    "shaft",
    "port",
    "price",
    "share",
    "yield",
    "bond",
    "rate",
    "index",
    "bank",
    "trade",
    "order",
    "stock",
    "smelter",
    "dollar",
    "harbor",
    "quarter",
]
_HEAVY = frozenset({"structured only", "unclosed", "short", "tables of old", "preformatted"})  # pages of other sorts


def layouts() -> list[Layout]:
    return [layout for layout in LAYOUTS if layout.name not in _HEAVY]


def page(layout: Layout, seed: int, size: int = SIZE) -> str:
    """The layout's page with a story of twenty-four paragraphs, and what makes pages heavy: half of it scripts and styles,
    the rest menus, cards of other stories and icons."""
    dice = random.Random(seed)
    html = layout.build(story(seed, paragraphs=24))
    head, body = html.split("</head>", 1)
    scripts: list[str] = []
    cards: list[str] = []
    have = len(html)
    while have < size:
        if sum(map(len, scripts)) < sum(map(len, cards)):
            scripts.append(_script(dice))
            have += len(scripts[-1])
        else:
            cards.append(_card(dice))
            have += len(cards[-1])
    menu, more = cards[: len(cards) // 4], cards[len(cards) // 4 :]
    opening, rest = body.split(">", 1)
    rest, closing = rest.rsplit("</body>", 1)
    return (
        f'{head}{"".join(scripts)}</head>{opening}><div class="mega-menu"><nav>{"".join(menu)}</nav></div>{rest}'
        f'<div class="river">{"".join(more)}</div></body>{closing}'
    )


def _script(dice: random.Random) -> str:
    if dice.random() < 0.3:
        rules = (
            f".{dice.choice(_WORDS)}-{n}{{margin:{dice.randint(1, 40)}px;color:#{dice.randrange(16**6):06x}}}"
            for n in range(60)
        )
        return f"<style>{''.join(rules)}</style>"
    data = {f"{dice.choice(_WORDS)}{n}": [dice.choice(_WORDS), dice.randint(1, 9_999)] for n in range(120)}
    return f"<script>window.__data = {json.dumps(data)};</script>"


def _card(dice: random.Random) -> str:
    head = " ".join(dice.choices(_WORDS, k=8)).capitalize()
    address = f"/2016/03/{dice.randint(1, 31):02}/{head.lower().replace(' ', '-')}"
    icon = f'<svg viewBox="0 0 24 24"><path d="M{dice.randint(1, 9)} {dice.randint(1, 9)}l3 3-3 3z"/></svg>'
    return (
        f'<div class="card card--{dice.choice(_WORDS)}" data-id="{dice.randrange(10**8)}"><a class="card__link" href="{address}">'
        f'<img src="/img/{dice.randrange(10**8)}.jpg" alt="" width="320" height="180"></a><h3 class="card__head"><a href="{address}">'
        f'{head}</a></h3><span class="card__time">{dice.randint(1, 23)} hours ago</span><button class="card__save">{icon}</button></div>\n'
    )
