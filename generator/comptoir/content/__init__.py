"""Views: one module a page turns the catalogue into frozen values and text, so that templates only lay them out."""
