"""What tests that go through all topics ask of this one: see tests/helpers/per_topic.py."""

BUMP, DECAY = "made = ", "lam = "
COUNTED = True  # it looks at its steps by their number
RUNS = [{BUMP: 'bump.Construction("sine", gap=0, slope=-3.0)', DECAY: "7.0"}]
SENTENCES = [
    (
        {BUMP: "bump.Construction(gap=7)"},
        "gap, counted from 0 between six points, is 7: say a whole number from 0 to 4",
    ),
    (
        {BUMP: 'bump.Construction("line")'},
        "shape is 'line': say 'curve' or 'sine' or 'parabola' or 'random'",
    ),
]
ANSWER = "no"  # its units are on at five points: too sharp for the step, it is gone
OTHERWISE = ("moved = bump.Construction(gap=4, slope=10.0)", "yes")
LABELS = {"weight_decay": "Weight decay", "lr": "Learning rate"}
SHOWN = ("bump-error-live", {"loss": "loss", "height of the bump": "height"})
LINE = "overfit"
STAGED = {
    "imports": "from demos.bump_error.compute import Construction",
    "more": ", lr=rate, made=Construction(gap=gap)",
}
