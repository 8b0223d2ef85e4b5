"""What its slides quote."""

WHY = (  # of the exercise: where its first number is the larger one, and where not
    "decay levels the network off outside the data, and this truth is more level than a free network",
    "decay levels the network off outside the data, and this truth goes on",
)
