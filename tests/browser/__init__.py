"""The finished site in Chromium, as visitors use it."""
