"""Moving in and out: files of other tools in, entities of a project out; and back."""
