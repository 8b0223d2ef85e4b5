"""Runnable demos about regularization in neural networks.

One module per topic computes: settings in, arrays out, nothing drawn, nothing global.
`demos.drawing` draws: one function per figure, all in the style of `demos.style`.
`demos.claims` says what the talk claims; `evidence` what a claim is, `verdicts` when it holds, `spreads`
how far rounding moves a value; `recorded` reads what was measured.

    curve, networks, training, ensemble, wide
                                           shared: data, networks, the loop, its fast twins
    overfitting, least_squares, primer, network_fit, l2_penalty,
    bump_error, correlations, dropout_bias one module per topic
    rounding                               the same mathematics, rounded otherwise
    records, exercise                      what a notebook calls to show, keep and ask

This file imports nothing on purpose: a notebook then depends only on the modules it names.
"""
