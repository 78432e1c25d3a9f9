"""The engine: queries that end in time, expressions that may be asked, instants and words as SQL writes them."""
