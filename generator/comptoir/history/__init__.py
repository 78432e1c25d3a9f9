"""What became of a catalogue: two states of it in, what the change means to customers out."""
