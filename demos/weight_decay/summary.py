"""What its slides quote."""

WHY = (  # of the exercise: where its first number is the larger one, and where not
    "Adam divides L2's pull by gradients of size ten; AdamW's decay is divided by nothing",
    "gradients below one: Adam divides L2's pull by less than one, and so makes it stronger",
)


def gained(found, one="adamw", other="none"):
    """How many points of accuracy one way has more than another, (seeds,)."""
    return 100 * (found[f"right_{one}"] - found[f"right_{other}"])


def over(found, one="adamw", other="none"):
    """Log loss of one way over that of another, (seeds,)."""
    return found[f"nll_{one}"] / found[f"nll_{other}"]
