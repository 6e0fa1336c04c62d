"""Tables: the pipeline's results as rows, data frames and files (columns: see the README)."""
