"""Waiting for a page that goes away while it is asked."""

import pytest
from browsing import until
from playwright.sync_api import Error

pytestmark = pytest.mark.browser


class Reloading:
    """A page that is on its way somewhere else the first times it is asked."""

    def __init__(self, *answers):
        self.answers = list(answers)

    def evaluate(self, expression, arg=None):
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def wait_for_timeout(self, _):
        pass


def test_a_page_that_reloads_is_asked_again():
    gone = Error(
        "Page.evaluate: Execution context was destroyed, most likely because of a navigation"
    )
    page = Reloading(gone, False, True)
    until(page, "1", seconds=5)
    assert not page.answers


def test_any_other_trouble_is_told():
    with pytest.raises(Error, match="is not defined"):
        until(Reloading(Error("ReferenceError: x is not defined")), "x", seconds=5)
