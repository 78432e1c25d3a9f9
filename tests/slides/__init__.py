"""Slides: what is on them, whether it fits, and the file that PowerPoint opens."""
