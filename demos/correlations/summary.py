"""What its slides quote."""

import numpy as np

WHY = (  # of the exercise: where its first number is the larger one, and where not
    "what comes with the object gives little away here, so the network has to look at the object",
    "the shortcut is right about nearly all pictures, however many: only the rare ones disagree",
)

KINDS = ("mlp", "cnn")  # of networks


def by_share(found, shares):
    """A recorded study as {kind of network: scores (shares, seeds)}, for the shares of counterexamples."""
    return {kind: np.stack([found[named(kind, share)] for share in shares]) for kind in KINDS}


def cures(found, shares):
    """Medians over seeds for each kind of network and each share of counterexamples."""
    names = [named(kind, share) for kind in KINDS for share in shares]
    return {"seeds": len(found[names[0]])} | {name: np.median(found[name]) for name in names}


def named(kind, share):
    return f"{kind}_{100 * share:.0f}"
