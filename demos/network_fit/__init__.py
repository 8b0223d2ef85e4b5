"""A network a thousand times too big for 21 points."""
