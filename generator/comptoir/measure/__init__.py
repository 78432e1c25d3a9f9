"""Measures: catalogue, typed tables and a quarter in, measurements with their uncertainty out."""
