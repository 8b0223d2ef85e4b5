"""A cell marked `# change me` with values that its author did not think of: the notebook still runs to its
end, and what makes no sense is told in the demo's own words."""

import pytest
from hurried import after, edits, marked
from per_topic import lacking, of_topic

from scripts.build.notebooks import read_all

pytestmark = pytest.mark.code


NOTEBOOKS = [notebook for notebook in read_all() if marked(notebook)]


def test_every_notebook_with_such_a_line_has_values_for_it():
    assert lacking([notebook.topic for notebook in NOTEBOOKS], "RUNS", "SENTENCES") == []


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda each: each.name)
def test_what_is_to_be_changed_may_be(notebook):
    lines, runs = marked(notebook), of_topic(notebook.topic, "RUNS")
    begun = [line for line in lines if any(line.startswith(begins) for begins in runs[0])]
    assert begun == lines, "a marked line that no run here changes"
    sentences = of_topic(notebook.topic, "SENTENCES")
    variants = [edits(values, lines) for values in (*runs, *(values for values, _ in sentences))]
    found = after(variants, notebook.name)
    assert found[: len(runs)] == [None] * len(runs)
    for (_, sentence), (_, kind, message, file) in zip(sentences, found[len(runs) :], strict=True):
        assert (kind, message) == ("ValueError", sentence)
        assert file.endswith("demos/core/checks.py")
