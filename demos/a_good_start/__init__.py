"""A good start: first weights that keep signals alive, and clipping."""
