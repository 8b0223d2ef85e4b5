"""All claims of the talk, one module per family. Families in the order of the talk."""

from importlib import import_module

FAMILIES = (
    "overfitting",
    "least_squares",
    "network_fit",
    "l2_penalty",
    "bump_error",
    "correlations",
    "dropout",
)
LONGEST = 60  # characters of a sentence: it stands in a table on a slide


def family(name):
    """A family's module: TITLE and CLAIMS."""
    return import_module(f"demos.claims.{name}")


def all_claims():
    """{identifier: Claim}. Raises ValueError when two claims or two studies share a name."""
    claims, studies = {}, {}
    for name in FAMILIES:
        for claim in family(name).CLAIMS:
            if len(claim.sentence) > LONGEST:
                raise ValueError(
                    f"claim {claim.id}: more than {LONGEST} characters: say it shorter"
                )
            if claim.id in claims:
                raise ValueError(f"two claims are named {claim.id!r}: give one another name")
            if studies.setdefault(claim.study.name, claim.study) is not claim.study:
                raise ValueError(f"two studies are named {claim.study.name!r}")
            claims[claim.id] = claim
    return claims


def all_studies():
    """{name: Study} of all claims."""
    return {claim.study.name: claim.study for claim in all_claims().values()}
