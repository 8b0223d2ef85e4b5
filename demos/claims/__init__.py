"""All claims of the talk. Each module here is a family: its TITLE, the NOTEBOOK that its claims stand in,
and CLAIMS. A new one is found by itself; families go by their notebooks, then by name."""

import pkgutil
from importlib import import_module

LONGEST = 60  # characters of a sentence: it stands in a table on a slide


def by_family():
    """{title of a family: its claims}, in the order of the talk."""
    names = [found.name for found in pkgutil.iter_modules(__path__)]
    modules = [import_module(f"{__name__}.{name}") for name in sorted(names)]
    return {each.TITLE: each.CLAIMS for each in sorted(modules, key=lambda each: each.NOTEBOOK)}


def all_claims():
    """{identifier: Claim}. Raises ValueError for a name given twice or a sentence too long."""
    claims, studies = {}, {}
    for claim in (claim for family in by_family().values() for claim in family):
        if len(claim.sentence) > LONGEST:
            raise ValueError(f"claim {claim.id}: more than {LONGEST} characters: say it shorter")
        if claim.id in claims:
            raise ValueError(f"two claims are named {claim.id!r}: give one another name")
        if studies.setdefault(claim.study.name, claim.study) is not claim.study:
            raise ValueError(f"two studies are named {claim.study.name!r}: give one another name")
        claims[claim.id] = claim
    return claims


def all_studies():
    """{name: Study} of all claims."""
    return {claim.study.name: claim.study for claim in all_claims().values()}
