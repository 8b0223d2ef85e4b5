"""Numbers in prose: filled in from records, never typed."""

import json

import pytest
from conftest import markdown, notebook
from nbformat import v4

from scripts.build import quoted
from scripts.build.notebooks import read, read_all
from scripts.errors import BuildError

pytestmark = pytest.mark.code

RECORDS = {
    "fit": {
        "numbers": {
            "error": 3.6712,
            "share": 0.25,
            "tiny": 8.4e-9,
            "below": -1.5,
            "count": 1004001,
        },
        "settings": {"steps": 4000, "network": {"width": 1000}, "decays": [0, 0.08]},
    }
}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("fit.error:.2f", "3.67"),
        ("fit.share:.0%", "25 %"),
        ("fit.tiny:.0e", "8×10⁻⁹"),
        ("fit.below:.1f", "−1.5"),
        ("fit.count:,", "1,004,001"),
        ("fit.count", "1004001"),
        ("fit.settings.steps", "4000"),
        ("fit.settings.network.width", "1000"),
        ("fit.settings.decays.1", "0.08"),
    ],
)
def test_a_quote_is_filled_in(value, shown):
    text = f'before <data value="{value}">old</data> after'
    expected = f'before <data value="{value}">{shown}</data> after'
    assert quoted.fill(text, RECORDS, None) == expected
    assert quoted.fill(expected, RECORDS, None) == expected


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("fitt.error", "no record 'fitt'"),
        ("fit.eror", "has no 'eror'"),
        ("fit.error.deeper", "has no"),
        ("fit.settings.decays.2", "has no"),
        ("fit.error:.2q", "cannot write"),
        ("fit.settings.network:.2f", "cannot write"),
        ("fit", "quote"),
    ],
)
def test_a_wrong_quote_is_an_error(value, says):
    with pytest.raises(BuildError, match=says):
        quoted.fill(f'<data value="{value}"></data>', RECORDS, None)


@pytest.mark.parametrize("tag", ["<data value='fit.error'>3.7</data>", "<data>3.7</data>"])
def test_a_quote_that_would_be_passed_over_is_an_error(tag):
    with pytest.raises(BuildError, match="quote"):
        quoted.fill(f"The error is {tag}.", RECORDS, None)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "an error of 3.67",
            "after 12,000 steps",
            "after 4000 steps",
            "in 95 % of runs",
            "0.5% off",
        ),
        *(
            "an error of `3.67`",
            "after ``12,000``",
            "after ` 4000 ` steps",
            "in `95 %`",
            "`5` and `0.5`",
        ),
    ],
)
def test_a_typed_measurement_is_refused(text):
    with pytest.raises(BuildError, match="typed, not measured"):
        quoted.check_typed(text, None)


@pytest.mark.parametrize(
    "text",
    [
        "two layers, 21 points, since 1994",
        "`lr=0.004` and $x = 0.5$ and $$y = 0.25$$",
        'it is <data value="fit.error:.2f">3.67</data>',
        "they had 0.93 ([the paper](https://example.org))",
        "they had 0.93 (arXiv:2006.09661)",
        "```python\nrate = 0.004\n```",
        "`5` of them, `lr=0.004`, and `x = 0.5`",
        "a 1-1000-1000-1 network, on 2026-11-29",
        "<!-- seen at 0.93 -->",
    ],
)
def test_what_is_not_a_typed_measurement_passes(text):
    quoted.check_typed(text, None)


def test_a_link_excuses_its_own_paragraph_only():
    with pytest.raises(BuildError, match="0.5"):
        quoted.check_typed("they: 0.9 ([paper](https://example.org))\n\nwe: 0.5", None)


def test_records_of_one_name_in_two_notebooks_are_refused(tmp_path):
    versions = dict.fromkeys(("python", "numpy", "torch", "matplotlib"), "3.11")
    whole = {"figure": None, "settings": {}, "numbers": {}, "below": {}, "versions": versions}
    whole |= RECORDS["fit"]
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "fit.json").write_text(json.dumps(whole))
    assert quoted.load([tmp_path / "a"]) == {"fit": whole}
    with pytest.raises(BuildError, match="two notebooks make a record named 'fit'"):
        quoted.load([tmp_path / "a", tmp_path / "b"])


def test_a_broken_record_is_named(tmp_path):
    (tmp_path / "fit.json").write_text("<<<<<<< HEAD\n{")
    with pytest.raises(BuildError, match="fit.json"):
        quoted.load([tmp_path])


def test_numbers_are_written_into_a_notebook_and_nothing_else_changes(tmp_path):
    path = tmp_path / "01-fit.ipynb"
    text = 'α = <data value="fit.error:.2f"></data>\nand more'
    cells = notebook(markdown("# Fit", "slide"), markdown(text), v4.new_code_cell("1"))
    path.write_text(v4.writes(cells) + "\n", encoding="utf-8")
    before = path.read_text(encoding="utf-8")

    assert quoted.sync(path, RECORDS, read(path).cells)
    after = read(path)
    assert [cell.source for cell in after.cells] == ["# Fit", text.replace("><", ">3.67<"), "1"]
    raw = json.loads(path.read_text(encoding="utf-8"))
    raw["cells"][1]["source"] = text.splitlines(keepends=True)
    assert raw == json.loads(before)
    assert not quoted.sync(path, RECORDS, after.cells)


@pytest.mark.parametrize(
    ("value", "cure"),
    [
        ("fiit.error", "names near it: fit"),
        ("fit.eror", "names near it: error"),
        ("fit.zzz", "there are 5: below, count, error, share, tiny …"),
        ("fit.error.deeper", "it has no parts"),
        ("zzz.x", "there are 1: fit …"),
    ],
)
def test_the_cure_names_what_was_meant(value, cure):
    with pytest.raises(BuildError) as caught:
        quoted.fill(f'<data value="{value}"></data>', RECORDS, None)
    assert caught.value.cure == cure


def test_no_number_of_ours_is_dressed_as_code():
    dressed = [
        (str(cell), match[0])
        for each in read_all()
        for cell in each.cells
        if cell.kind == "markdown"
        for match in quoted.NUMBER_AS_CODE.finditer(cell.source)
    ]
    assert dressed == []


def test_the_bound_of_a_claim_is_quoted_from_its_rule():
    record = quoted.claims()
    name, claim = next(iter(record["claims"]["numbers"].items()))
    filled = quoted.fill(f'<data value="claims.{name}.bound"></data>', record, None)
    assert filled.split(">")[1].split("<")[0] == quoted.formatted(claim["bound"], "", None)
    assert claim["bound"] == float(claim["rule"].split()[-1])
