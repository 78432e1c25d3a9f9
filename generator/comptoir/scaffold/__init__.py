"""Scaffold: a first project, and commented files to fill in; nothing that exists is written over."""
