"""Double descent: the error's second way down, past as many weights as points; and what takes its peak away."""
