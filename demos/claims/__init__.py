"""All claims of the talk, one module per family. Families in the order of the talk."""

from importlib import import_module

FAMILIES = (
    "overfitting",
    "least_squares",
    "primer",
    "network_fit",
    "first_steps",
    "l2_penalty",
    "l2_quick",
    "bump_error",
    "correlations",
    "dropout",
)
LONGEST = 60  # characters of a sentence: it stands in a table on a slide


def by_family():
    """{family: its claims}, in the order of the talk."""
    return {name: import_module(f"demos.claims.{name}").CLAIMS for name in FAMILIES}


def title(name):
    """A family's name for people."""
    return import_module(f"demos.claims.{name}").TITLE


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
