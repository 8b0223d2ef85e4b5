"""A vote on a claim as the build makes it: a question that gives nothing away, answered later."""

import pytest
from bs4 import BeautifulSoup
from conftest import markdown
from test_badges import NOISY, export, slide

from scripts.errors import BuildError

VOTE = '<data value="claims.noisy:vote"></data>'
NOTES = markdown("(5 s) Look.", "notes")


def test_a_vote_asks_with_the_claims_sentence_and_says_no_more(tmp_path):
    body, (first, second) = export(
        tmp_path, slide(VOTE), NOTES, markdown("## Two", "slide"), markdown(NOISY)
    )
    vote = BeautifulSoup(body, "html.parser").select_one(".vote")
    assert vote["data-claim"] == "noisy" and vote["aria-label"] == "Vote: Noise & size hurt"
    assert vote.select_one(".sentence").get_text() == "Is it so? Noise & size hurt"
    hands = [each["aria-label"] for each in vote.find_all("input")]
    assert hands == ["hands for yes", "hands for no"]
    assert not any(word in str(vote) for word in ("31", "32", "hold", "measured", "strip"))
    assert first.claims == {} and list(second.claims) == ["noisy"], "its evidence opens too early"


def test_a_vote_that_no_later_badge_answers_is_refused(tmp_path):
    says = r"cell 1.*'noisy' is asked for in a vote and never answered"
    with pytest.raises(BuildError, match=says) as caught:
        export(tmp_path, slide(VOTE))
    assert "later slide" in caught.value.cure
    with pytest.raises(BuildError, match="never answered"):
        export(tmp_path, slide(NOISY), NOTES, markdown("## Two", "slide"), markdown(VOTE))


def test_a_vote_is_no_evidence_and_stands_alone(tmp_path):
    answer = (NOTES, markdown("## Two", "slide"), markdown(NOISY))
    with pytest.raises(BuildError, match="how things behave"):
        export(tmp_path, markdown(f"## Noise hurts\n\n{VOTE}", "slide"), *answer)
    with pytest.raises(BuildError, match="stands among other words"):
        export(tmp_path, slide(f"Look: {VOTE}"), *answer)


def test_a_notebook_says_it_as_a_question(tmp_path):
    body, _ = export(tmp_path, slide(f"`{VOTE}`"), NOTES, markdown("## Two", "slide"))
    assert "Vote: is it so? Noise &amp;" in body and "31 of 32" not in body


def test_a_vote_is_answered_by_its_own_badge_alone(tmp_path):
    other = '<data value="claims.moved"></data>'
    with pytest.raises(BuildError, match="'noisy' is asked for"):
        export(tmp_path, slide(VOTE), NOTES, markdown("## Two", "slide"), markdown(other))
