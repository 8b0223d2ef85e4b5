"""What its slides quote."""

WHY = (  # of the exercise: where its first number is the larger one, and where not
    "where its units are on they cancel, so the loss does not see them; the nudge died out",
    "steep units that are on at many points ask for shorter steps than these: the nudge grew",
)
