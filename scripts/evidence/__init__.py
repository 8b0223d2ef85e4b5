"""A seed on its way to a badge.

measure        measure what is missing or stale, write each topic's record
workers        seeds in parallel, here or on a cluster, under any rounding
study_keys     what a recorded study rests on: the code it reaches (essence, names)
restamp        a new key where no digit moved
claims_check   does the record still stand? a sample of seeds, measured again
fresh          eight seeds more of one claim, for a badge on stage
machines       all that, and the figures, as other processors compute them
"""
