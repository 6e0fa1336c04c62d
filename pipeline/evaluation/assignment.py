"""Maximum-weight one-to-one assignment (the Hungarian method with shortest augmenting paths)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def assign(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Pair rows with columns so that the weights of the pairs add up to the most.

    SciPy's ``linear_sum_assignment`` finds the same total. The method is spelt out here for its ties: where
    two assignments are equally good, rows are placed one after the other and each looks for the first of the
    best columns, as the acceptance measure of the project does, so that both report the same counts.

    Args:
        weights: Non-negative weights, one sequence a row, all equally long.

    Returns:
        ``min(rows, columns)`` pairs of row and column, in row order. Pairs of weight 0 are among them.
    """
    if not weights or not weights[0]:
        return []
    cost = -np.asarray(weights, dtype=float)
    transposed = cost.shape[0] > cost.shape[1]
    if transposed:
        cost = cost.T
    rows, columns = cost.shape
    row_price, column_price = np.zeros(rows), np.zeros(columns)
    owner = np.full(columns, -1)  # the row that holds each column
    for new_row in range(rows):
        # Dijkstra from new_row over reduced costs; ``came_from`` is the column before each column on its
        # cheapest path.
        slack, came_from = np.full(columns, np.inf), np.full(columns, -1)
        done = np.zeros(columns, dtype=bool)
        row, column = new_row, -1
        while row >= 0:
            if column >= 0:
                done[column] = True
            reduced = cost[row] - row_price[row] - column_price
            better = ~done & (reduced < slack)
            slack[better], came_from[better] = reduced[better], column
            column_next = int(np.argmin(np.where(done, np.inf, slack)))
            step = slack[column_next]
            row_price[new_row] += step
            row_price[owner[done]] += step
            column_price[done] -= step
            slack[~done] -= step
            column, row = column_next, int(owner[column_next])
        while column >= 0:
            before = int(came_from[column])
            owner[column] = owner[before] if before >= 0 else new_row
            column = before
    pairs = [(int(owner[c]), c) for c in range(columns) if owner[c] >= 0]
    return sorted((c, r) for r, c in pairs) if transposed else sorted(pairs)
