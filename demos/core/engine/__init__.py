"""Trains N networks at once, for any loss, optimizer and regularizer, in parts that fit together.

layers, network      what a network is: layers as values; its start, its outputs, its plain module
losses               outputs and targets in, a number per point out; metrics
optimizers, averages gradients in, directions out; averages of the weights
parts                regularizers, each at its place of a step
passes, recipe       one step as a function: `Recipe.step(parameters, state, batch, hyper)`
chance, batches      what each network draws, from generators of its own
schedules, train     runs: settings along the way, looks, early stopping, blocks of networks
machines             who does the steps: the function, or its fast twin: `written`, `chain`, `flat`
sets                 data that needs no download, split and standardised
"""
