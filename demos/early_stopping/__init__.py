"""Stop training where held-out points say so: what it keeps, what it costs, and whether it is L2."""
