"""The page filter: which pages cannot tell of an award, found out before they are read closely."""
