"""Which addresses are asked at all: spellings, schemes, ports, and IP addresses that are nobody else's business."""

from __future__ import annotations

import pytest

from extractor.adapters.web.addresses import RefusedError, joined, place_of
from extractor.adapters.web.hosts import Hosts, is_public


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("https://news.example/a?b=1#c", "https://news.example/a?b=1"),
        ("HTTPS://News.Example./a", "https://news.example/a"),
        ("http://news.example:80", "http://news.example/"),
        ("https://news.example:8443/", "https://news.example:8443/"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://93.184.216.34/", "https://93.184.216.34/"),
        ("https://[2606:2800:220:1:0:0:0:1]/", "https://[2606:2800:220:1::1]/"),
        ("https://my_desk.example/", "https://my_desk.example/"),
    ],
)
def test_an_address_has_one_spelling(given: str, address: str) -> None:
    assert place_of(given).address == address


@pytest.mark.parametrize(
    "given",
    [
        "file:///etc/passwd",
        "ftp://news.example/a",
        "data:text/html,<p>1",
        "javascript:alert(1)",
        "gopher://news.example/",
        "//news.example/",
        "news.example/a",
        "https://",
        "https:///a",
        "https://user:s3cret@news.example/",
        "https://user@news.example/",
        "https://news.example@10.0.0.1/",
        "http://0x7f.1/",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://127.0.0.1../",
        "http://127.0.0.0x1/",
        "http://127。0。0。1:80\\@news.example/",
        "http://\uff11\uff12\uff17.0.0.1/",  # full-width digits
        "http://①②⑦.⓪.⓪.①/",
        "http://[fe80::1%25eth0]/",
        "http://[fe80::1%eth0]/",
        "http://%31%32%37.0.0.1/",
        "http://news.example%00.evil.example/",
        "http://news.example%2f@evil.example/",
        "http://news.example:99999/",
        "http://news.example:0/",
        "http://news.example:port/",
        "http://a..example/",
        "http://-a.example/",
        f"http://{'a' * 64}.example/",
        "http://news.example/a b",
        "http://news.example/a\r\nHost: evil.example",
        "http://news.example/\u2028",
        "http://news.example/" + "a" * 4_000,
    ],
)
def test_what_is_no_address_that_is_asked(given: str) -> None:
    with pytest.raises(RefusedError) as refused:
        place_of(given)
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize("given", ["http://127。0。0。1/", "http://127.0.0.1./", "http://[::ffff:7f00:1]/"])
def test_other_spellings_are_the_same_private_address(given: str) -> None:
    assert not is_public(place_of(given).host)


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/b", "https://news.example/b"),
        ("b?c=1", "https://news.example/a/b?c=1"),
        ("//other.example/b#top", "https://other.example/b"),
        ("http://other.example", "http://other.example/"),
    ],
)
def test_a_link_is_joined_to_its_page(link: str, address: str) -> None:
    assert joined(place_of("https://news.example/a/"), link).address == address


@pytest.mark.parametrize(
    "number", ["93.184.216.34", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:2800:220:1::1", "2a00:1450::1"]
)
def test_an_address_of_the_public_network(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize(
    "number",
    [
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:2::1",
        "2001:10::1",
        "2001:20::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "2606:2800::1%eth0",
        "fec0::1",
        "ff02::1",
        "localhost",
        "",
    ],
)
def test_an_address_that_is_not_of_the_public_network(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize(
    ("address", "came_from", "vouched"),
    [
        ("http://archive.internal:8080/a", None, True),
        ("http://archive.internal:8080/a", "http://archive.internal:8080/feed", True),
        ("https://news.example/a", None, False),
        ("https://news.example/a", "http://archive.internal:8080/feed", False),
    ],
)
def test_who_vouches_for_a_host(address: str, came_from: str | None, vouched: bool) -> None:
    hosts = Hosts.named(["archive.internal:8080"])
    assert hosts.vouched(place_of(address), place_of(came_from) if came_from else None) is vouched


@pytest.mark.parametrize(
    ("address", "came_from"),
    [
        ("http://archive.internal:8080/a", "https://news.example/feed"),  # a page of the web may not use the allowance
        ("http://archive.internal:8081/a", None),
        ("http://other.internal:8080/a", None),
        ("http://news.example:22/", None),
        ("http://localhost/", None),
        ("http://intranet/", None),
    ],
)
def test_nobody_vouches_for_these(address: str, came_from: str | None) -> None:
    with pytest.raises(RefusedError):
        Hosts.named(["archive.internal:8080"]).vouched(place_of(address), place_of(came_from) if came_from else None)


@pytest.mark.parametrize(
    "name", ["archive.internal", "http://archive.internal:80", "a:b", "*:80", "a:80/b", "0x7f.1:80"]
)
def test_an_allowance_is_a_host_and_a_port(name: str) -> None:
    with pytest.raises(RefusedError):
        Hosts.named([name])
