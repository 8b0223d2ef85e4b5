"""What its slides quote."""

WHY = (  # of the exercise: where its first number is the larger one, and where not
    "each further coefficient follows more of the noise, and near the ends nothing holds the curve",
    "with so few coefficients, or so little noise, the points still hold the curve everywhere",
)
