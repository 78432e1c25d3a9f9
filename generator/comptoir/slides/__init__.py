"""Slides: a catalogue in; a presentation that people can edit, and an empty model of it, out."""
