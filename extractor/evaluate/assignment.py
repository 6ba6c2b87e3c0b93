"""The best one-to-one assignment of a small weight matrix (Hungarian method)."""

from __future__ import annotations

from collections.abc import Sequence


def best_assignment(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """(row, column) pairs of the greatest total weight. Weights are not negative; zero means: not to be paired."""
    if not weights or not weights[0]:
        return []
    flipped = len(weights) > len(weights[0])
    rows = [list(row) for row in zip(*weights, strict=True)] if flipped else [list(row) for row in weights]
    owner = _owners([[-weight for weight in row] for row in rows])
    pairs = [(row, column) for column, row in enumerate(owner) if row is not None and rows[row][column] > 0]
    return sorted((column, row) if flipped else (row, column) for row, column in pairs)


def _owners(cost: list[list[float]]) -> list[int | None]:
    """For each column the row it is assigned to, at the least total cost; no more rows than columns."""
    height, width = len(cost), len(cost[0])
    row_potential, column_potential = [0.0] * (height + 1), [0.0] * (width + 1)
    owner = [0] * (width + 1)  # 1-based, column 0 holds the row being placed
    for row in range(1, height + 1):
        owner[0] = row
        came_from = _shortest_path(cost, owner, row_potential, column_potential)
        column = came_from.pop()
        while column:
            previous = came_from[column]
            owner[column] = owner[previous]
            column = previous
    return [row - 1 if row else None for row in owner[1:]]


def _shortest_path(
    cost: list[list[float]], owner: list[int], row_potential: list[float], column_potential: list[float]
) -> list[int]:
    """One Dijkstra pass from column 0. Returns for each column the one before it, and last the free column reached."""
    width = len(owner) - 1
    distance, came_from, done = [float("inf")] * (width + 1), [0] * (width + 1), [False] * (width + 1)
    column = 0
    while True:
        done[column] = True
        row, step, nearest = owner[column], float("inf"), 0
        for other in range(1, width + 1):
            if done[other]:
                continue
            reduced = cost[row - 1][other - 1] - row_potential[row] - column_potential[other]
            if reduced < distance[other]:
                distance[other], came_from[other] = reduced, column
            if distance[other] < step:
                step, nearest = distance[other], other
        for other in range(width + 1):
            if done[other]:
                row_potential[owner[other]] += step
                column_potential[other] -= step
            else:
                distance[other] -= step
        column = nearest
        if owner[column] == 0:
            return [*came_from, column]
