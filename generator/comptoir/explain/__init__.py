"""Explanations: the analyses of a quarter in; how each number of its report was reached, step by step, as data, out."""
