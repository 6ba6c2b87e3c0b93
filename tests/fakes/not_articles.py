"""Pages of our own making that are no articles, in the layouts of the web, and stubs of paywalls."""

# ruff: noqa: E501 markup reads better in one piece

from __future__ import annotations

import html as markup

from tests.fakes.layouts import COOKIES, FOOT, NAV, story

_HEADS = [
    f"{metal} {verb} as {reason}"
    for metal, verb, reason in zip(
        ("Tin", "Copper", "Zinc", "Nickel", "Lead", "Cobalt") * 3,
        ("climbs", "slides", "gains", "falls", "steadies", "drops") * 3,
        (
            "a flooded shaft halts supply",
            "smelters are told to save power",
            "stocks in warehouses shrink",
            "the dollar firms again",
            "traders wait for factory orders",
            "a union calls a strike for Monday",
        )
        * 3,
        strict=True,
    )
]
_TEASE = "Prices moved {0}.4% on Monday while buyers waited for word of the mine."


def _bare(title: str, body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>{markup.escape(title)}</title>{head}</head><body>{body}</body></html>"


def _cards(count: int, *, tease: bool = True, link: str = "h3") -> str:
    cards = []
    for n, head in enumerate(_HEADS[:count]):
        text = f"<p>{_TEASE.format(n)}</p>" if tease else ""
        cards.append(f'<div class="c"><{link}><a href="/{n}">{head}</a></{link}>{text}<span>{n} hours ago</span></div>')
    return "".join(cards)


def _quote_page(extra: str = "") -> str:
    pairs = {
        "Previous Close": "41.20", "Open": "41.35", "Bid": "41.10 x 800", "Ask": "41.30 x 900", "Day's Range": "41.02 - 41.90",
        "52 Week Range": "22.10 - 48.30", "Volume": "1,204,330", "Market Cap": "4.21B", "P/E Ratio (TTM)": "18.40",
        "EPS (TTM)": "2.24", "Beta": "1.10", "1y Target Est": "46.00",
    }  # fmt: skip
    rows = "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in pairs.items())
    return f'{NAV}<h1>Harbor Tool Inc (HBT)</h1><div class="price">41.62 +0.42 (+1.02%)</div><table>{rows}</table>{extra}{FOOT}'


_PROFILE = (
    "<h2>About Harbor Tool</h2><p>Harbor Tool Inc makes lifting gear, pumps and shaft linings for mines in the north. It "
    "was founded in 1904, has its seat in Bergen, and sells through dealers in thirty countries.</p>"
)

INDEXES = {
    "section front with teasers": _bare(
        "Metals - Example News", f"{NAV}<main><h1>Metals</h1>{_cards(14)}</main>{FOOT}"
    ),
    "list of links": _bare(
        "Latest",
        f"{NAV}<h1>Latest</h1><ul>{''.join(f'<li><a href=/{n}>{h}</a></li>' for n, h in enumerate(_HEADS))}</ul>{FOOT}",
    ),
    "tag page": _bare(
        "Articles about tin",
        f"{NAV}<h1>tin</h1><p>All that we have told about tin, the newest first.</p>{_cards(10, link='h2')}{FOOT}",
    ),
    "search results": _bare(
        "Search results for: tin", f"<h1>Search results for: tin</h1><p>18 results</p>{_cards(18, link='h4')}{FOOT}"
    ),
    "author page": _bare(
        "Jane Doe, Author at Example",
        f"{NAV}<h1>Jane Doe</h1><p>Jane Doe has covered metals for ten years and lives in Bergen by the harbor.</p>{_cards(12)}{FOOT}",
    ),
    "home page of links alone": _bare("Example News", f"{NAV}{_cards(18, tease=False)}{FOOT}"),
}
QUOTE_PAGES = {
    "summary of a share": _bare("HBT 41.62 +1.02% Harbor Tool Inc", _quote_page()),
    "summary with a profile": _bare("Harbor Tool Inc (HBT) Stock Price, News, Quote", _quote_page(_PROFILE)),
    "summary with headlines": _bare("HBT | Harbor Tool stock", _quote_page(f"<h2>News</h2>{_cards(5, tease=False)}")),
}
ERRORS = {
    "not found": _bare("404 Not Found", "<center><h1>404 Not Found</h1></center><hr><center>nginx</center>"),
    "not found in the site's frame": _bare(
        "Page not found | Example News",
        f"{NAV}<main><h1>Oops! That page can’t be found.</h1><p>It looks like nothing was found at this location. Maybe try "
        f"one of the links below or a search?</p></main>{FOOT}",
    ),
    "denied": _bare(
        "Access Denied",
        '<h1>Access Denied</h1>You don\'t have permission to access "http://www.example.com/a" on this server.<p>Reference '
        "#18.5bd2c017.1457345700.1a2b3c</p>",
    ),
    "challenge": _bare(
        "Just a moment...",
        "<div><h1>www.example.com</h1><p>Checking if the site connection is secure</p><noscript>Enable JavaScript and cookies "
        "to continue</noscript><p>www.example.com needs to review the security of your connection before proceeding.</p></div>",
    ),
    "captcha": _bare(
        "example.com",
        "<h1>Are you a robot?</h1><p>To continue, please click the box below to let us know you're not a robot.</p><div>Please "
        "make sure your browser supports JavaScript and cookies and that you are not blocking them from loading.</div>",
    ),
    "scripts wanted": _bare(
        "Example",
        "<div id='root'></div><div>You need to enable JavaScript to run this app. Reload when it is on.</div>",
    ),
    "consent": _bare(
        "Before you continue to Example",
        f"{COOKIES}<form><h1>Before you continue to Example</h1><p>If you click “Accept all”, we and our 210 partners will "
        "store and access information on your device by means of cookies. Reject all. Manage settings.</p></form>",
    ),
    "server error": _bare(
        "502 Bad Gateway", "<h1>502 Bad Gateway</h1><p>The server is having a rest. Try again soon.</p>"
    ),
}


def stub(offer: str = "Subscribe to continue reading", *, marked: bool = True) -> str:
    """Two paragraphs of a story, then the offer."""
    one = story(4)
    kind = '<meta property="og:type" content="article">' if marked else ""
    lines = "".join(f"<p>{markup.escape(line, quote=False)}</p>" for line in one.paragraphs[:2])
    return _bare(
        one.title,
        f'{NAV}<article><h1>{one.title}</h1>{lines}</article><div class="paywall-prompt"><h3>{offer}</h3><p>From $1 a week, '
        f"cancel when you like.</p></div>{FOOT}",
        kind,
    )
