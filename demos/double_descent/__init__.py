"""Double descent: the error falls, rises to a peak, and falls again; and what takes the peak away."""
