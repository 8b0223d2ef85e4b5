"""What topics share.

    curve, networks, training, classification, polynomials   data, networks, the plain loops
    engine                                     N networks at once: any loss, optimizer, regularizer
    ensemble, wide                             fast twins of the talk's loop: many networks, wide ones
    rounding                                   the same mathematics, rounded otherwise
    checks                                     sentences for settings that make no sense
    records, exercise, source, redefine, live  what a notebook calls to show, keep, ask and train live
    style, palette, charts                     how figures look
    evidence                                   claims: what they are, what was measured, when they hold
    topics                                     which rooms there are

It knows none of them.
"""
