"""Evaluation: the scores of every stage on annotated pages.

From the command line ``python -m pipeline evaluate``; from Python
:func:`pipeline.evaluation.evaluator.evaluate`. ``annotations/GUIDELINES.md`` describes the gold files, their
form and their splits; :mod:`pipeline.evaluation.gate` checks that no figure falls below its recorded floor.
"""
