"""Publish: rendered files in, a complete and checked site out, swapped in at once. The only writer."""
