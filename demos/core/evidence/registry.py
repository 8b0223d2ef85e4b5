"""All claims. A module `claims` or `claims_*` in a topic's room is a family: its TITLE, and CLAIMS. A new
one is found by itself; families go by their topics' notebooks, then by name."""

from collections import namedtuple

from demos.core import topics

LONGEST = 60  # characters of a sentence: it stands in a badge, beside its strip
LONGEST_RULE = 40  # of what stands under the strip: what is measured, and the bound
Family = namedtuple("Family", "topic title claims")


def families():
    """All families, in order."""
    return [Family(topic, m.TITLE, m.CLAIMS) for topic, m in topics.modules("claims")]


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
    for claim in (claim for family in families() for claim in family.claims):
        if len(claim.sentence) > LONGEST:
            raise ValueError(f"claim {claim.id}: more than {LONGEST} characters: say it shorter")
        if len(f"{claim.unit} {claim.rule} {claim.bound:.3g}") > LONGEST_RULE:
            raise ValueError(f"claim {claim.id}: its rule is too long for a strip: a shorter unit")
        if claim.id in claims:
            raise ValueError(f"two claims are named {claim.id!r}: give one another name")
        if studies.setdefault(claim.study.name, claim.study) is not claim.study:
            raise ValueError(f"two studies are named {claim.study.name!r}: give one another name")
        claims[claim.id] = claim
    return claims


def all_studies():
    """{name: Study} of all claims."""
    return {claim.study.name: claim.study for claim in all_claims().values()}
