"""What articles come in: pages, JSON records, mails, web archives, each of them packed or not.

A carrier is a module with `pages(carried) -> Iterator[Page | SourceFailure]`. It reads the stream once, front to back,
and keeps no more of it than one article needs. A part that cannot be read is a SourceFailure and the rest goes on;
SourceError says that nothing of it can be read, DamagedError that nothing after this can.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from extractor.domain.errors import SourceError
from extractor.domain.page import NOTHING_TOLD, Page, Told
from extractor.ingest.carriers import streams
from extractor.ingest.carriers.carried import Carried
from extractor.ingest.discover import SourceFailure
from extractor.ingest.forms import Form, form_of

# Imported when the first source of the form comes.
_READERS = {
    Form.PAGE: "single",
    Form.JSON: "dumps",
    Form.LINES: "dumps",
    Form.MAIL: "mails",
    Form.ARCHIVE: "archives",
}


def unpack(
    file: Any,
    *,
    name: str,
    source: str,
    media_type: str | None = None,
    charset: str | None = None,
    told: Told = NOTHING_TOLD,
) -> Iterator[Page | SourceFailure]:
    """The articles in a binary file, whatever it is. It need not be seekable, and is not closed.

    media_type, charset: as a server said, or None. told: what is known of the source as a whole.
    Raises SourceError, at the end of what could be read.
    """
    try:
        head, whole = streams.begin(file)
        carried = Carried(
            name=name, source=source, head=head, file=whole, media_type=media_type, charset=charset, told=told
        )
        reader = import_module(f"{__name__}.{_READERS[form_of(name, head, media_type)]}")
        yield from reader.pages(carried)
    except streams.DamagedError as error:
        raise SourceError(source, str(error)) from error
