"""Regular expressions as data: what a pattern cannot match without, and patterns tried only there."""
