"""Claims: sentences that hold on so many seeds.

study       what a claim is, and a measurement
registry    all claims, found in the topics' rooms
verdicts    the words of claims, and when measured seeds support them
spreads     how far rounding moves a value
recorded    reads what was measured, for notebooks
strips      draws it
"""
