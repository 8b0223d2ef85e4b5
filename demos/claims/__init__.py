"""All claims of the talk. Each module here is a family: its TITLE, the NOTEBOOK that its claims stand in,
and CLAIMS. A new one is found by itself; families go by their notebooks, then by name."""

import pkgutil
import re
from collections import namedtuple
from importlib import import_module

LONGEST = 60  # characters of a sentence: it stands in a table on a slide
Family = namedtuple("Family", "topic title claims")


def families():
    """All families, in the order of the talk. A topic is a notebook's name without its number."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    modules = sorted(
        (import_module(f"{__name__}.{name}") for name in names), key=lambda m: m.NOTEBOOK
    )
    return [Family(re.sub(r"^\d+-", "", m.NOTEBOOK), m.TITLE, m.CLAIMS) for m in modules]


def by_family():
    """{title of a family: its claims}, in the order of the talk."""
    return {family.title: family.claims for family in families()}


def by_topic():
    """{topic: its claims}.

    Raises ValueError for a study of two topics: each topic's evidence is a file of its own.
    """
    found, homes = {}, {}
    for family in families():
        found.setdefault(family.topic, []).extend(family.claims)
    for topic, claims in found.items():
        for claim in claims:
            if homes.setdefault(claim.study.name, topic) != topic:
                raise ValueError(f"study {claim.study.name} is of two topics: give each its own")
    return found


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
