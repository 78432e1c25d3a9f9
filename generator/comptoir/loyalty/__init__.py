"""Loyalty: what customers buy, use and say in; classes, values and signals, as frozen values, out."""
