"""Comptoir: a service catalogue and quarterly loyalty reports from YAML and CSV kept in git."""

__version__ = "0.1.0"
