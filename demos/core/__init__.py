"""What topics share.

curve, networks, training, classification   data, networks, the plain PyTorch loops
ensemble, wide                               fast twins of the loops: many networks, wide ones
rounding                                     the same mathematics, rounded otherwise
checks                                       sentences for settings that make no sense
records, exercise, source, redefine, live    what a notebook calls to show, keep, ask and train live
style, palette, charts                       how figures look
evidence                                     claims: what they are, what was measured, when they hold
"""
