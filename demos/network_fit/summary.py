"""What its slides quote."""

WHY = (  # of the exercise: where its first number is the larger one, and where not
    "the first steps are short enough to leave most units on, somewhere among the points",
    "the first steps are so long that they throw most units to where they are off at every point",
)
