"""Gold and predictions to and from the tools that people correct them in, checks, agreement of annotators."""
