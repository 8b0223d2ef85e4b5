"""The colours of figures and slides, for a light room and a dark one.

They are those of Okabe and Ito (2008), safe for colour-blind readers; in figures each also has a dash
or a marker of its own. A colour stands for what is drawn, on every slide the same.
"""

LIGHT = {
    "paper": "#fcfcf9",
    "ink": "#1a1a1f",
    "muted": "#55555f",
    "truth": "#77777f",  # the true curve
    "shade": "#ececea",  # outside the training range
    "network": "#0072b2",  # the network or model
    "overfit": "#d55e00",  # the overfitted one
    "regularized": "#009e73",  # the regularized one
    "signal": "#cc79a7",  # a second signal
    "small": "#7650b8",  # the small model of the right size
    # settings in an order, as learning rates: the network's hue, light to dark
    "low": "#4a99cd",
    "high": "#004a7f",
    # the same for text: 7 to 1 on paper
    "network-text": "#005b8e",
    "overfit-text": "#8f3f00",
    "regularized-text": "#006247",
    "signal-text": "#784763",
    "small-text": "#5c3d94",
    "low-text": "#215a80",
    "high-text": "#00406e",
}
DARK = {
    "paper": "#15161a",
    "ink": "#f2f2ee",
    "muted": "#b9b9c2",
    "truth": "#9a9aa3",
    "shade": "#26272d",
    "network": "#56b4e9",
    "overfit": "#ff8a3d",
    "regularized": "#2fd3a2",
    "signal": "#e7a6c8",
    "small": "#bda4f2",
    "low": "#2f7fb3",
    "high": "#b8e0fb",
    "network-text": "#69bfee",
    "overfit-text": "#ff9a56",
    "regularized-text": "#3fdcae",
    "signal-text": "#ecb4d1",
    "small-text": "#c9b4f6",
    "low-text": "#7fb6d9",
    "high-text": "#c9e8fc",
}
