"""The formats a command can print in, behind one small face."""

from __future__ import annotations

from typing import Literal, Protocol, TextIO

from extractor.report.records import Line, json_line

Format = Literal["table", "jsonl", "csv"]
FORMATS: tuple[Format, ...] = ("table", "jsonl", "csv")


class Output(Protocol):
    def write(self, line: Line) -> None: ...

    def close(self) -> None:
        """Prints what was held back. Call it once, at the end."""


class JsonlOutput:
    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, line: Line) -> None:
        self._stream.write(json_line(line.record) + "\n")

    def close(self) -> None:
        self._stream.flush()


def open_output(form: Format, stream: TextIO, *, verdicts: bool) -> Output:
    if form == "jsonl":
        return JsonlOutput(stream)
    if form == "csv":
        from extractor.report.delimited import CsvOutput

        return CsvOutput(stream, verdicts=verdicts)
    from extractor.report.table import TableOutput

    return TableOutput(stream, verdicts=verdicts)
