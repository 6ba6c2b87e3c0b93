"""Which texts are nearly the same: Jaccard of character 5-grams, digits folded, exact and not estimated.

Ten thousand headlines are few enough that no hashing is needed: the shingles of all are a sparse matrix, and its
product with its transpose counts what each two share.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import CountVectorizer

_ROWS = 512  # compared at once


def folded(text: str) -> str:
    text = re.sub(r"https?://\S+", " ", text.lower())
    text = re.sub(r"\d+", "0", text)
    return " ".join(re.findall(r"\w+", text))


def groups(texts: Sequence[str], *, at_least: float) -> list[int]:
    """A number for each text; texts that a chain of near-duplicates joins have the same one."""
    shingles = _shingles(texts)
    pairs = _pairs(shingles, shingles, at_least)
    size = len(texts)
    links = coo_matrix((np.ones(len(pairs[0])), pairs), shape=(size, size))
    return [int(group) for group in connected_components(links, directed=False)[1]]


def near(texts: Sequence[str], others: Sequence[str], *, at_least: float) -> set[int]:
    """Which of the texts (by number) nearly stand among the others."""
    shingles = _shingles([*texts, *others])
    found, _ = _pairs(shingles[: len(texts)], shingles[len(texts) :], at_least)
    return {int(number) for number in found}


def _shingles(texts: Sequence[str]) -> csr_matrix:
    vectors = CountVectorizer(analyzer="char_wb", ngram_range=(5, 5), binary=True, dtype=np.int32)
    return vectors.fit_transform([folded(text) for text in texts]).tocsr()


def _pairs(left: csr_matrix, right: csr_matrix, at_least: float) -> tuple[np.ndarray, np.ndarray]:
    sizes = np.asarray(right.sum(axis=1)).ravel()
    rows, columns = [], []
    for first in range(0, left.shape[0], _ROWS):
        part = left[first : first + _ROWS]
        shared = (part @ right.T).tocoo()
        own = np.asarray(part.sum(axis=1)).ravel()
        jaccard = shared.data / (own[shared.row] + sizes[shared.col] - shared.data)
        near_enough = jaccard >= at_least
        rows.append(shared.row[near_enough] + first)
        columns.append(shared.col[near_enough])
    return np.concatenate(rows), np.concatenate(columns)
