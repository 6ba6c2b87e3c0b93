"""Loads `record_fields.toml`: what the fields of JSON records are called."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from importlib.resources import files
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from extractor.domain.errors import RulesError


def plain(name: str) -> str:
    """A field's name as it is compared: "date_published", "datePublished" and "Date-Published" are one."""
    bare = _NO_NAME.sub("", name).casefold()
    return "_" + bare if name.startswith("_") else bare  # Elasticsearch's "_source" is not a record's source


_NO_NAME = re.compile(r"[^0-9A-Za-z@$]+")


PlainNames = Annotated[tuple[str, ...], AfterValidator(lambda names: tuple(dict.fromkeys(map(plain, names))))]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))


class Example(_Table):
    """gives: what is read from the record; empty in a counterexample, where nothing is."""

    record: Mapping[str, Any]
    gives: str = ""


class FieldNames(_Table):
    """Plain names of one field, the best first."""

    names: PlainNames = Field(min_length=1)
    examples: tuple[Example, ...] = Field(min_length=1)
    counterexamples: tuple[Example, ...] = Field(min_length=1)


class PageNames(FieldNames):
    """enough: characters of text that make the page's source needless."""

    enough: int


class Crawled(_Table):
    """How a record is known that a crawler made: it has one of `any`, or `exactly` the names of one of these."""

    any: PlainNames
    exactly: tuple[PlainNames, ...]

    def has_made(self, names: Iterable[str]) -> bool:
        """names: the plain names of a record's fields."""
        found = frozenset(names)
        return not found.isdisjoint(self.any) or found in map(frozenset, self.exactly)


class PublishedNames(FieldNames):
    """utc: names, tried first, whose clocks are of UTC. vague: names that mean the fetch where a crawler made it."""

    utc: PlainNames
    vague: PlainNames
    crawled: Crawled


class Places(_Table):
    """Plain names. within: of objects whose fields count as the record's. lists: of lists of records.

    inner_*: where an object that stands for a text, a name, an address, a moment has it.
    """

    within: PlainNames
    lists: PlainNames
    inner_text: PlainNames
    inner_name: PlainNames
    inner_address: PlainNames
    inner_moment: PlainNames


class CutExample(_Table):
    text: str
    gives: str


class Cut(_Table):
    pattern: str
    examples: tuple[CutExample, ...] = Field(min_length=1)
    counterexamples: tuple[str, ...] = Field(min_length=1)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile(self.pattern)


class RecordFields(_Table):
    text: FieldNames
    page: PageNames
    title: FieldNames
    published: PublishedNames
    address: FieldNames
    publisher: FieldNames
    byline: FieldNames
    section: FieldNames
    places: Places
    cut: Cut


@cache
def record_fields() -> RecordFields:
    resource = files("extractor.rules").joinpath("record_fields.toml")
    try:
        return RecordFields.model_validate(tomllib.loads(resource.read_text("utf-8")))
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise RulesError(f"record_fields.toml: {error}") from error
