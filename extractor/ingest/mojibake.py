"""UTF-8 that somebody read as windows-1252, once or twice, put back: "marketâ€™s" becomes "market’s".

Only where it is certain. A run of text between line ends and tags is judged by itself, for a page may hold one wrong
quotation among right paragraphs. It is put back where

- every character of it that is not ASCII belongs to such a sequence: read the other way, all its bytes are UTF-8.
  A run that also holds a right "’" or "é" was read rightly, and speaks of the others;
- ftfy, which weighs such sequences, calls the run broken;
- somewhere in the text such a sequence touches a letter or a figure, as a mark in running text does. Where all of them
  stand alone ("it shows â€™ for an apostrophe") the text speaks of them.
"""

from __future__ import annotations

import re

# A lead byte of UTF-8 as windows-1252 shows it, then a byte that goes on: in Latin-1, in windows-1252, or lost.
_GOES_ON = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\ufffd"
_SEQUENCE = re.compile(f"[\xc2-\xf4][{_GOES_ON}]")
_RUN = re.compile(r"[^\r\n<>]+")
_TOUCHING = re.compile(f"(?<=[A-Za-z0-9])[\xc2-\xf4][{_GOES_ON}]|[\xc2-\xf4][{_GOES_ON}]{{1,8}}(?=[A-Za-z0-9])")
_BOUND = 20_000  # characters of a run; none that long is prose
_READINGS = frozenset({"latin-1", "windows-1252", "sloppy-windows-1252"})
# The byte 9D, which windows-1252 does not have, was lost: of what can stand there only a ” ends a quotation.
_LOST_CLOSING = re.compile("\ufffd(?![A-Za-z0-9])")


def repaired(text: str) -> tuple[str, int]:
    """The text with what is certainly mojibake put back, and in how many runs it was; mostly the text as it is."""
    if _SEQUENCE.search(text) is None:
        return text, 0
    fixed = {match[0]: _read_again(match[0]) for match in _RUN.finditer(text) if _SEQUENCE.search(match[0])}
    fixed = {run: right for run, right in fixed.items() if right != run}
    if not any(_TOUCHING.search(run) for run in fixed):
        return text, 0
    return _RUN.sub(lambda match: fixed.get(match[0], match[0]), text), len(fixed)


def _read_again(run: str) -> str:
    """The run as UTF-8, where the whole of it can be read so and ftfy calls it broken; else as it is."""
    if len(run) > _BOUND:
        return run
    from ftfy import TextFixerConfig, fix_encoding_and_explain

    fixed, steps = fix_encoding_and_explain(run, TextFixerConfig(unescape_html=False))
    if not steps or not all(_is_plain(step.action, step.parameter) for step in steps):
        return run
    return fixed if "\ufffd" in run.replace("â€\ufffd", "") else _LOST_CLOSING.sub(_closing, fixed)


def _is_plain(action: str, parameter: str) -> bool:
    """Whether a step of ftfy's undoes this one mistake, in the whole run."""
    if action == "encode":
        return parameter in _READINGS
    if action == "decode":
        return parameter == "utf-8"
    return action == "transcode" and parameter in ("restore_byte_a0", "replace_lossy_sequences")


def _closing(match: re.Match[str]) -> str:
    before = match.string[: match.start()]
    return "”" if before.count("“") > before.count("”") + before.count("\ufffd") else match[0]
