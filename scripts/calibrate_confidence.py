"""Fit the confidence of award records on development gold.

    python scripts/calibrate_confidence.py GOLD.jsonl ... [--write]

Runs the pipeline on the pages, takes the features of :mod:`pipeline.awards.confidence` from every record, and
fits a logistic regression to whether the record is right in all core slots. Printed are the figures by
cross-validation over pages, so that no record is judged by weights that saw its page: Brier score,
calibration error and a reliability table. With ``--write`` the weights fitted on all pages go to
``pipeline/lexicon/confidence.jsonl``. Held-out gold does not belong here.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from pipeline.awards.confidence import features
from pipeline.evaluation.award_scores import is_core, score_page
from pipeline.evaluation.calibration import calibration
from pipeline.evaluation.gold import read_gold
from pipeline.evaluation.predict import predict

TABLE = Path(__file__).parent.parent / "pipeline" / "lexicon" / "confidence.jsonl"


def cases(paths: list[Path]) -> tuple[list[str], np.ndarray, np.ndarray, np.ndarray]:
    """Return names of features, features, outcomes and page numbers of all records of the gold files.

    Each record weighs one over the root of its page's number of records in the fit, so that one long list
    does not decide alone; the weights follow from the page numbers.
    """
    rows, right, groups = [], [], []
    number = 0
    for path in paths:
        for page in read_gold(path):
            prediction = predict(page)
            scored = score_page(page.awards, prediction.rows)
            good = {i for i, _, comparison in scored.pairs if is_core(comparison)}
            ordered = sorted(prediction.awards, key=lambda a: (a.start, a.end, a.record_id))
            for i, award in enumerate(ordered):
                rows.append(features(award))
                right.append(i in good)
                groups.append(number)
            number += 1
    values = np.array([list(row.values()) for row in rows])
    return list(rows[0]), values, np.array(right, dtype=int), np.array(groups)


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true", help="write the weights")
    parser.add_argument("--features", type=Path, help="CSV for features and outcomes of the records")
    args = parser.parse_args()
    names, x, y, groups = cases(args.gold)
    if args.features:
        table = pd.DataFrame(x, columns=names).assign(page=groups, right=y)
        table.to_csv(args.features, index=False)
    sizes = np.bincount(groups)
    weights = 1 / np.sqrt(sizes[groups])
    model = LogisticRegression(C=0.3, max_iter=2000)
    folds = GroupKFold(n_splits=10)
    chance = cross_val_predict(
        model, x, y, groups=groups, cv=folds, method="predict_proba", params={"sample_weight": weights}
    )[:, 1]
    print(f"{len(y)} records on {len(set(groups.tolist()))} pages with records, {y.mean():.3f} right")
    print(calibration(list(zip(chance.tolist(), y.astype(bool).tolist(), strict=True))))
    for low in np.arange(0, 1, 0.1):
        inside = (chance >= low) & (chance < low + 0.1)
        if inside.any():
            print(f"{low:.1f}-{low + 0.1:.1f}  {inside.sum():4d} records, {y[inside].mean():.2f} right")
    model.fit(x, y, sample_weight=weights)
    fitted = [{"id": "intercept", "weight": str(round(float(model.intercept_[0]), 4))}]
    fitted += [
        {"id": name, "weight": str(round(float(w), 4))} for name, w in zip(names, model.coef_[0], strict=True)
    ]
    for row in fitted:
        print(row)
    if args.write:
        TABLE.write_text("".join(json.dumps(row) + "\n" for row in fitted), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
