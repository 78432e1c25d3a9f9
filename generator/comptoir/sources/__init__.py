"""Sources: a project folder in, located values out. Knows nothing of what the values mean."""
