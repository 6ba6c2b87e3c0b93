"""Report pages: claims where they stand, evidence beside them, and nothing an article says can act."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Literal

import pytest
from bs4 import BeautifulSoup, Tag

from extractor.domain.article import Article, Zone, ZoneSpan
from extractor.domain.claim import Claim, Direction, Kind
from extractor.domain.conflict import Conflict
from extractor.domain.errors import TapecheckError
from extractor.domain.market import Adjustment
from extractor.domain.verdict import Rating, Verdict
from extractor.report import pages
from extractor.store.repository import Repository
from tests.factories import make_article, make_claim, make_evidence, make_verdict

TWO = "The Russell 2000 closed at 2,531.16 on Thursday.\n\nIt had been 2,500 before."


class Kept:
    """Articles, claims and verdicts in memory, read as the repository is."""

    def __init__(self, *articles: Article, claims: list[Claim] | None = None, verdicts: list[Verdict] | None = None):
        self._articles, self._claims, self._verdicts = articles, claims or [], verdicts or []
        self.later: list[Verdict] = []

    def articles(self) -> tuple[Article, ...]:
        return self._articles

    def claims(self, article_id: str | None = None) -> list[Claim]:
        return [claim for claim in self._claims if claim.article_id == article_id]

    def verdicts(
        self, article_id: str | None = None, *, vantage: Literal["publication", "now", "given"] = "publication"
    ) -> dict[str, Verdict]:
        return {each.claim_id: each for each in (self.later if vantage == "now" else self._verdicts)}


def page_of(kept: Kept, folder: Path, article: Article) -> BeautifulSoup:
    pages.write(kept, folder)
    return parsed(folder / f"{article.id}.html")


def parsed(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8"), "lxml", preserve_whitespace_tags={"html"})


def text_of(page: BeautifulSoup) -> str:
    """The article's text as the page has it, without the claims' numbers."""
    text = page.select_one(".text")
    assert text is not None
    for number in text.select(".ref"):
        number.decompose()
    return text.get_text()


def one(page: BeautifulSoup, selector: str) -> Tag:
    (found,) = page.select(selector)
    return found


def test_an_index_and_a_page_an_article(tmp_path: Path) -> None:
    first = make_article(title="Small caps rise", publisher="The Ledger")
    second = make_article("No figures at all.", name="quiet.txt", title=None, published_on=date(2025, 12, 9))
    claim = make_claim(first)
    assert pages.write(Kept(first, second, claims=[claim], verdicts=[make_verdict(claim)]), tmp_path) == 2
    assert {path.name for path in tmp_path.iterdir()} == {"index.html", f"{first.id}.html", f"{second.id}.html"}
    index = parsed(tmp_path / "index.html")
    entries = index.select(".articles > li")
    assert [one.select_one("a").get_text() for one in entries] == ["quiet.txt", "Small caps rise"]  # newest first
    assert entries[1].select_one("a")["href"] == f"{first.id}.html"
    assert "2025-12-04" in entries[1].get_text()
    assert "The Ledger" in entries[1].get_text()
    assert "1 supported" in entries[1].select_one(".counts").get_text()
    assert "1 of 1 checked supported, too few for a score (10 needed)" in entries[1].get_text()
    assert "No claims." in entries[0].get_text()


def test_who_wrote_it_and_when_it_was_changed(tmp_path: Path) -> None:
    changed = datetime(2025, 12, 5, 1, 30, tzinfo=UTC)
    article = make_article(byline="A. <b>Writer", section="Markets", publisher="Ledger", updated_at=changed)
    about = one(page_of(Kept(article), tmp_path, article), "header .about")
    words = "2025-12-04 · updated 2025-12-04 20:30 · A. <b>Writer · Ledger · Markets · wrap.txt"
    assert about.get_text().replace("\u2068", "").replace("\u2069", "") == words
    plain = make_article()
    about = one(page_of(Kept(plain), tmp_path, plain), "header .about")
    assert about.get_text().replace("\u2068", "").replace("\u2069", "") == "2025-12-04 · wrap.txt"


def test_trust_scores_of_articles_and_of_their_publisher(tmp_path: Path) -> None:
    text = "Levels: " + " ".join(f"{number:02d}" for number in range(12))
    articles = [make_article(text, name=name, publisher="Ledger <b>") for name in ("a.txt", "b.txt")]
    claims = [make_claim(article, f"{number:02d}") for article in articles for number in range(12)]
    ratings = [Rating.SUPPORTED] * 11 + [Rating.CONTRADICTED] + [Rating.SUPPORTED] * 9 + [Rating.IMPRECISE] * 3
    verdicts = [make_verdict(claim, rating=rating) for claim, rating in zip(claims, ratings, strict=True)]
    page = page_of(Kept(*articles, claims=claims, verdicts=verdicts), tmp_path, articles[0])
    words = "92 % supported (95 % interval 65 to 99 %), 11 of 12 checked"
    assert words in one(page, ".trust").get_text()
    index = parsed(tmp_path / "index.html")
    assert sorted(words in each.get_text() for each in index.select(".articles .trust")) == [False, True]
    publisher = one(index, ".publishers > li").get_text()
    assert "Ledger <b>" in publisher
    assert "2 articles" in publisher
    assert "83 % supported (95 % interval 64 to 93 %), 20 of 24 checked" in publisher
    assert "3 imprecise, 1 contradicted" in publisher


def test_the_index_shows_articles_that_disagree_with_both_quotes(tmp_path: Path) -> None:
    articles = [make_article(f"It closed at {value} <b>on</b> Thursday.", name=value) for value in ("1.50", "1.60")]
    claims = [make_claim(each, each.name, value=Decimal(each.name)) for each in articles]
    kept = Kept(*articles, claims=claims, verdicts=[make_verdict(claims[0])])
    pages.write(kept, tmp_path, conflicts=[Conflict(claims=tuple(claims))])
    section = one(parsed(tmp_path / "index.html"), ".conflicts")
    assert section.h3.get_text() == "Russell 2000 close, 2025-12-04"
    sides = section.select("li")
    assert "supported" in sides[0].get_text()
    assert "not checked yet" in sides[1].get_text()
    for each, side in zip(articles, sides, strict=True):
        assert f"“It closed at {each.name} <b>on</b> Thursday.”" in side.get_text()
        page, _, anchor = str(side.a["href"]).partition("#")
        assert parsed(tmp_path / page).find(id=anchor) is not None
    pages.write(kept, tmp_path)
    assert parsed(tmp_path / "index.html").select(".conflicts") == []


def test_a_page_from_a_stored_article(tmp_path: Path) -> None:
    article = make_article()
    claim = make_claim(article)
    with Repository.open(tmp_path / "claims.db", "create") as repository:
        repository.save_article(article, [], [claim])
        repository.save_verdicts([make_verdict(claim)])
        assert pages.write(repository, tmp_path / "deep" / "report") == 1
    assert "2,531.16" in (tmp_path / "deep" / "report" / f"{article.id}.html").read_text("utf-8")


def test_a_claim_is_marked_at_its_offsets_and_leads_to_its_evidence_and_back(tmp_path: Path) -> None:
    article = make_article("😀 Résumé: the Russell 2000 closed at 2,531.16 on Thursday.")
    claim = make_claim(article)
    page = page_of(Kept(article, claims=[claim], verdicts=[make_verdict(claim)]), tmp_path, article)
    mark = one(page, ".text mark")
    assert mark.get_text() == "2,531.16"
    assert (mark["data-start"], mark["data-end"]) == ("37", "45")  # code points: the emoji is one
    assert "supported" in mark["class"]
    number = one(page, ".text .ref")
    assert number["href"] == "#c1"
    assert number["aria-label"] == "claim 1, supported"
    assert one(page, "#c1 .back a")["href"] == f"#{number['id']}"


def test_a_card_has_all_that_is_needed_to_judge(tmp_path: Path) -> None:
    article = make_article()
    claim = make_claim(article, value=Decimal("2550.00"), speaker="Ann Analyst")
    verdict = make_verdict(
        claim,
        rating=Rating.CONTRADICTED,
        reason="differs",
        explanation="It closed lower.",
        correction="It closed at 2,531.16.",
        stated=Decimal("2550.00"),
        difference=Decimal("-18.84"),
        evidence=(make_evidence(source="Example Exchange", snapshot="sha256:0123"),),
    )
    page = page_of(Kept(article, claims=[claim], verdicts=[verdict]), tmp_path, article)
    card = " ".join(one(page, "#c1").get_text(" ").split())
    for words in (
        "contradicted Russell 2000",
        "It closed lower.",
        "The tape shows: It closed at 2,531.16.",
        "stated 2,550.00",
        "actual 2,531.16",
        "difference −18.84",
        "tolerance 0.005",
        "close(index:RUT, 2025-12-04)",
        "level.close.v1",
        "Example Exchange",
        "sha256:0123",
        "2025-12-04 close 2531.16",
        "said by Ann Analyst",
        "kind level close",
        claim.id,
    ):
        assert words in card, words
    assert page.select_one(".first a")["href"] == "#c1"  # what to look at first
    assert "in the article’s own voice" not in page.get_text()  # the one claim is somebody else's


def test_what_explains_and_corrects_at_once_is_said_once(tmp_path: Path) -> None:
    article = make_article()
    claim = make_claim(article)
    verdict = make_verdict(claim, rating=Rating.CONFLICTING, explanation="So it was.", correction="So it was.")
    page = page_of(Kept(article, claims=[claim], verdicts=[verdict]), tmp_path, article)
    assert one(page, "#c1").get_text().count("So it was.") == 1


def test_what_is_known_now_stands_beside_the_verdict(tmp_path: Path) -> None:
    article = make_article()
    claim = make_claim(article)
    kept = Kept(article, claims=[claim], verdicts=[make_verdict(claim)])
    kept.later = [make_verdict(claim, rating=Rating.IMPRECISE, explanation="Revised since.")]
    now = one(page_of(kept, tmp_path, article), ".now").get_text()
    assert "imprecise" in now
    assert "Revised since." in now


def test_without_verdicts_a_page_says_how_to_make_them(tmp_path: Path) -> None:
    article = make_article()
    page = page_of(Kept(article, claims=[make_claim(article)]), tmp_path, article)
    assert "tapecheck verify" in one(page, ".notice").get_text()
    assert "unchecked" in one(page, ".text mark")["class"]


def test_no_claims_and_no_articles(tmp_path: Path) -> None:
    article = make_article("")
    assert "No claims were found" in page_of(Kept(article), tmp_path, article).get_text()
    pages.write(Kept(), tmp_path / "none")
    assert "no articles yet" in (tmp_path / "none" / "index.html").read_text("utf-8")


def test_every_rating_has_its_own_line_and_its_own_sign(tmp_path: Path) -> None:
    names = [*Rating, "unchecked"]
    style = (Path(pages.__file__).parent / "templates" / "style.css").read_text("utf-8")
    lines = {}
    for name in names:
        found = re.search(rf"^\.{name} \{{.*--line: (\w+); --thick: ([\d.]+px)", style, re.MULTILINE)
        assert found is not None, name
        lines[name] = found.groups()
        assert len(re.findall(rf"--{name}: #", style)) == 2, name  # a colour in the light and one in the dark
    assert len(set(lines.values())) == len(names)
    assert len({pages.MARKS[name][0] for name in names}) == len(names)


def test_claims_on_one_another(tmp_path: Path) -> None:
    article = make_article(TWO)
    whole = make_claim(article, quote="Russell 2000 closed at 2,531.16", kind=Kind.RECORD)
    inner = make_claim(article)
    twin = make_claim(article, kind=Kind.MOVE)
    verdicts = [
        make_verdict(whole),
        make_verdict(inner, rating=Rating.CONTRADICTED),
        make_verdict(twin, rating=Rating.IMPRECISE),
    ]
    kept = Kept(article, claims=[whole, inner, twin], verdicts=verdicts)
    page = page_of(kept, tmp_path, article)
    outer, deep = page.select(".text mark")
    assert outer.get_text() == "Russell 2000 closed at "
    assert [each["class"][1:] for each in (deep, *deep.select(".u"))] == [
        ["supported", "l0"],
        ["contradicted", "l1"],
        ["imprecise", "l2"],
    ]
    assert [each["href"] for each in page.select(".text .ref")] == ["#c1", "#c2", "#c3"]
    assert text_of(page) == TWO


@pytest.mark.parametrize(
    "text",
    [
        TWO,
        "\n\nleading\n \t\n\n  indented\n\n",
        "one\nline\n\n\n\nfour blank lines\n",
        "<script>alert(1)</script> & &amp; <p>x</p></section>",
        "tab\tand  spaces   kept",
        "e\u0301 \U0001f468\u200d\U0001f469\u200d\U0001f467 combined",
    ],
)
def test_the_text_of_the_page_is_the_text_of_the_article(tmp_path: Path, text: str) -> None:
    article = make_article(text, zones=(ZoneSpan(start=0, end=min(4, len(text)), zone=Zone.TITLE),))
    claims = [make_claim(make_article(text), quote=text[3:9]), make_claim(make_article(text), quote=text[5:])]
    claims = [replace(each, article_id=article.id) for each in claims]
    assert text_of(page_of(Kept(article, claims=claims), tmp_path, article)) == text


def test_quotes_and_boilerplate_are_told_apart(tmp_path: Path) -> None:
    zones = (
        ZoneSpan(start=0, end=5, zone=Zone.BODY),
        ZoneSpan(start=5, end=9, zone=Zone.QUOTES),
        ZoneSpan(start=9, end=13, zone=Zone.BOILERPLATE),
    )
    article = make_article("body ROW foot", zones=zones)
    page = page_of(Kept(article), tmp_path, article)
    assert one(page, ".zone.quotes").get_text() == "ROW "
    assert one(page, ".zone.boilerplate").get_text() == "foot"
    assert one(page, ".zone.boilerplate")["aria-label"] == "Not part of the article"


HOSTILE = "</title></style><script>alert(1)</script><img src=x onerror=alert(2)>\"'"


def test_nothing_of_an_article_becomes_markup(tmp_path: Path) -> None:
    text = f"{HOSTILE} 2,531.16"
    article = make_article(text, title=HOSTILE, publisher=HOSTILE, name=HOSTILE)
    claim = make_claim(article, speaker=HOSTILE)
    claim = replace(claim, subject=replace(claim.subject, name=HOSTILE))
    verdict = make_verdict(
        claim,
        rating=Rating.CONTRADICTED,
        reason=HOSTILE,
        rule=HOSTILE,
        explanation=HOSTILE,
        correction=HOSTILE,
        formula=HOSTILE,
        evidence=(
            make_evidence(source=HOSTILE, series=HOSTILE, snapshot=HOSTILE),
            make_evidence(source=HOSTILE, series=HOSTILE, session=date(2025, 12, 5), value="2540"),
        ),
    )
    page = page_of(Kept(article, claims=[claim], verdicts=[verdict]), tmp_path, article)
    index = parsed(tmp_path / "index.html")
    for each in (page, index):
        assert each.select("script, img, iframe, object, embed, form, link, base") == []
        assert [name for tag in each.find_all(True) for name in tag.attrs if name.startswith("on")] == []
        assert len(each.select("style")) == 1
        assert each.title is not None
        assert each.title.get_text().startswith("</title>" if each is page else "Claims")
    assert text_of(page) == text


def test_pages_load_nothing_and_say_so_to_the_browser(tmp_path: Path) -> None:
    article = make_article()
    claim = make_claim(article)
    page = page_of(Kept(article, claims=[claim], verdicts=[make_verdict(claim)]), tmp_path, article)
    policy = one(page, 'meta[http-equiv="Content-Security-Policy"]')["content"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert page.select("[style], [src], [srcset]") == []
    assert "url(" not in one(page, "style").get_text()
    assert {link["href"].split("#")[0] for link in page.select("[href]")} == {"", "index.html"}


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://news.example/a?b=1&c=2", True),
        ("HTTP://news.example/", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("\x01javascript:alert(1)", False),
        (" https://news.example/", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("file:///etc/passwd", False),
        ("//news.example/", False),
        ('https://news.example/"onclick="alert(1)', False),
        ("https://news.example/\u202egpj.exe", False),
        ("https://", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(tmp_path: Path, url: str | None, shown: bool) -> None:
    article = make_article(url=url)
    links = page_of(Kept(article), tmp_path, article).select('a[rel="noopener noreferrer"]')
    assert [link["href"] for link in links] == ([url] if shown else [])


def test_direction_marks_stay_inside_their_words(tmp_path: Path) -> None:
    text = "Up \u202e2,531.16 evil \u2066 end"
    article = make_article(text, title="Up \u202e reversed", publisher="\u202ePublisher")
    claim = make_claim(article, speaker="\u202eAnn")
    page = page_of(Kept(article, claims=[claim], verdicts=[make_verdict(claim)]), tmp_path, article)
    assert text_of(page) == text
    for words in page.find_all(string=re.compile("[\u202a-\u202e\u2066-\u2069]")):
        assert words.find_parent("bdi") is not None, words
    assert page.title is not None
    assert page.title.get_text() == "Up reversed"


def test_characters_no_page_can_hold(tmp_path: Path) -> None:
    text = "a\x00b\ud800c\x1bd\r\ne\rf\ufffeg 2,531.16"
    article = make_article(text, title="T\x00\udfff", publisher="\ud83d")
    claim = make_claim(article, quote="2,531.16", speaker="\x00")
    page = page_of(Kept(article, claims=[claim]), tmp_path, article)
    assert text_of(page) == "a\ufffdb\ufffdc\ufffdd \ne\nf\ufffdg 2,531.16"
    assert one(page, ".text mark")["data-start"] == str(text.index("2,531.16"))


def test_claims_that_reach_past_the_text_do_no_harm(tmp_path: Path) -> None:
    article = make_article("short 2,531.16")
    claims = [
        replace(make_claim(article), start=900, end=901),
        replace(make_claim(article), start=0, end=0),
        replace(make_claim(article), start=6, end=5000),
    ]
    page = page_of(Kept(article, claims=claims), tmp_path, article)
    assert sorted(each["href"] for each in page.select(".text .ref")) == ["#c1", "#c2", "#c3"]
    assert text_of(page) == "short 2,531.16"


def test_a_long_paragraph_with_many_claims(tmp_path: Path) -> None:
    text = "It closed at 2,531.16 again. " * 70_000  # 2 MB
    article = make_article(text, zones=())
    claim = make_claim(article)
    claims = [replace(claim, start=13 + 29 * place, end=21 + 29 * place, sentence="") for place in range(2_000)]
    page = tmp_path / f"{article.id}.html"
    pages.write(Kept(article, claims=claims), tmp_path)
    written = page.read_text("utf-8")
    assert written.count("<mark ") == 2_000
    assert 'data-start="13" data-end="21">2,531.16</mark>' in written


def test_a_chart_of_the_rows_with_the_quoted_figure(tmp_path: Path) -> None:
    article = make_article()
    claim = make_claim(article, kind=Kind.MOVE, metric="change", unit="percent", direction=Direction.UP)
    verdict = make_verdict(
        claim,
        stated=Decimal("10"),
        evidence=(make_evidence(session=date(2025, 12, 3), value="2000.00"), make_evidence(value="2100.00")),
    )
    page = page_of(Kept(article, claims=[claim], verdicts=[verdict]), tmp_path, article)
    assert len(page.select("#c1 svg circle.own")) == 2
    assert len(page.select("#c1 svg line.price")) == 1
    assert len(page.select("#c1 svg line.quoted")) == 1
    assert one(page, "#c1 svg > title").get_text().endswith("quoted 2,200.00")
    assert "where the quoted change would have led" in one(page, "#c1 figcaption").get_text()


def test_rows_of_other_verdicts_fill_a_chart_but_never_on_another_scale(tmp_path: Path) -> None:
    article = make_article()
    claims = [make_claim(article), make_claim(article, kind=Kind.MOVE), make_claim(article, kind=Kind.RECORD)]
    verdicts = [
        make_verdict(claims[0]),
        make_verdict(claims[1], evidence=(make_evidence(session=date(2025, 11, 20), value="2400", source="B"),)),
        make_verdict(claims[2], evidence=(make_evidence(value="250", adjustment=Adjustment.SPLIT),)),
    ]
    page = page_of(Kept(article, claims=claims, verdicts=verdicts), tmp_path, article)
    assert len(page.select("#c1 svg circle.own")) == 1
    assert len(page.select("#c1 svg circle.other")) == 1
    assert len(page.select("#c1 svg line.gap")) == 1  # two weeks of sessions are not shown
    assert "2,400 to 2,531.16; dashed: quoted 2,531.16" in one(page, "#c1 figcaption").get_text()
    assert page.select("#c3 svg") == []


def test_one_row_makes_no_chart(tmp_path: Path) -> None:
    article = make_article()
    claim = make_claim(article)
    page = page_of(Kept(article, claims=[claim], verdicts=[make_verdict(claim)]), tmp_path, article)
    assert page.select("svg") == []


def test_structure_for_readers_that_speak(tmp_path: Path) -> None:
    article = make_article()
    claim = make_claim(article)
    page = page_of(Kept(article, claims=[claim], verdicts=[make_verdict(claim)]), tmp_path, article)
    assert page.html is not None
    assert page.html["lang"] == "en"
    assert [len(page.select(each)) for each in ("h1", "main", "aside", "header", "footer")] == [1, 1, 1, 1, 1]
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))
    for link in page.select('a[href^="#"]'):
        assert link["href"][1:] in ids
    for tag in page.select("[aria-labelledby]"):
        assert tag["aria-labelledby"] in ids


def test_writing_again_changes_nothing_and_drops_pages_that_are_gone(tmp_path: Path) -> None:
    old, new = make_article("old 2,531.16"), make_article("new 2,531.16")
    pages.write(Kept(old, new), tmp_path)
    before = (tmp_path / f"{new.id}.html").read_bytes()
    foreign = tmp_path / "0123456789abcdef.html"
    foreign.write_text("<p>somebody else's</p>")
    pages.write(Kept(new), tmp_path)
    assert (tmp_path / f"{new.id}.html").read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"index.html", f"{new.id}.html", foreign.name}


def test_a_link_in_the_folder_is_replaced_and_not_followed(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside.html", tmp_path / "report"
    outside.write_text("mine")
    folder.mkdir()
    (folder / "index.html").symlink_to(outside)
    pages.write(Kept(), folder)
    assert outside.read_text() == "mine"
    assert not (folder / "index.html").is_symlink()


def test_a_page_that_cannot_be_finished_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article = make_article()
    pages.write(Kept(article), tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(TapecheckError, match="cannot be written: No space left"):
        pages.write(Kept(replace(article, title="Another")), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    place = tmp_path / "report"
    place.write_text("a file")
    with pytest.raises(TapecheckError, match="report: cannot be used as a folder"):
        pages.write(Kept(), place)


def test_a_copy_names_its_original_and_counts_once_for_publishers(tmp_path: Path) -> None:
    first = make_article(name="first.txt", title="First told", publisher="Wire")
    copy = make_article(name="copy.txt", title="Told again", publisher="Ledger")
    kept = Kept(first, copy, claims=[make_claim(first), make_claim(copy)])
    pages.write(kept, tmp_path, copies={copy.id: first.id})
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert index.count("A copy of") == 1
    assert f'A copy of <a href="{first.id}.html">' in index
    publishers = index[index.index("Publishers</h2>") :]
    assert ("Wire" in publishers, "Ledger" in publishers) == (True, False)
    pages.write(kept, tmp_path)
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "A copy of" not in index
    assert "Ledger" in index[index.index("Publishers</h2>") :]
