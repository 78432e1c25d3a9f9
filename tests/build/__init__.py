"""`comptoir build` as a whole, as people run it."""
