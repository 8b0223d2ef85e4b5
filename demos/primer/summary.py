"""What its slides quote."""

WHY = (  # of the exercise: where its first number is the larger one, and where not
    "no point lies on a kink: there is one slope, and both find it",
    "at a kink the slopes left and right differ: nudging takes their mean, autograd one of them",
)
