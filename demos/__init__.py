"""Runnable demos about regularization in neural networks: a room per topic, and what they share.

A topic's room has its name, that of its notebook in slides/ and of its folder in figures/. In it

    compute   settings in, arrays out: nothing drawn, nothing global
    draw      arrays in, one function per figure, all in one style
    claims    what the topic claims, and what is measured for it (also claims_*: more families)
    bench     what `make bench` times of it, against a plain loop
    live      what trains on its slides, and live.js beside it, how it looks there

Whatever a topic does not need is not there. Rooms know nothing of each other; what several need is in
`demos.core`, which knows none of them. This file imports nothing on purpose: a notebook then depends only
on the modules it names.
"""
