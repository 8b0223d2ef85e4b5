"""L1, L2 and what lies between: weights set to zero, twins, and penalties as beliefs."""
