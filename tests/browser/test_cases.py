"""Strangers' notebooks through whole builds: all that is fine in one, all that is not in another."""

import re

import pytest
from conftest import code, copy_of, markdown, notebook

pytestmark = [pytest.mark.browser, pytest.mark.build]

ALT = "#| echo: false\n#| alt: A line that rises.\n"
GIF = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


def talk(*cells, headline="One slide"):
    return notebook(markdown(f"## {headline}", "slide"), *cells, markdown("(30 s) Words.", "notes"))


def tagged(source, *tags):
    cell = code(source)
    cell.metadata["tags"] = list(tags)
    return cell


def gif(options=""):
    return code(
        f"{options}import base64\nfrom IPython.display import Image\n"
        f'Image(data=base64.b64decode("{GIF}"), format="gif")'
    )


SHOWN = {  # a notebook: what its page holds
    "bare-url": (talk(markdown("A fact: 12.5, https://example.org/study.")), "A fact: 12.5"),
    "url-digits": (talk(markdown("[a link](https://example.org/2020/12345)")), "a link"),
    "headline-number": (talk(markdown("words"), headline="9.1 Ridge regression"), "9.1 Ridge"),
    "math": (
        talk(code("from IPython.display import Math\nMath(r'\\frac{a}{b}')")),
        '<span class="katex-display">',
    ),
    "gif": (talk(gif(ALT)), f'src="data:image/gif;base64,{GIF}" alt="A line that rises."'),
    "carriage-return": (
        talk(code('for n in range(3):\n    print("\\rstep", n, end="")')),
        ">step 2</pre>",
    ),
    "matplotlib-svg": (
        talk(
            code(
                "#| alt: A line that rises.\nimport matplotlib_inline.backend_inline as inline\n"
                "inline.set_matplotlib_formats('svg')\nimport matplotlib.pyplot as plt\n"
                "plt.plot([1, 2, 3]);"
            )
        ),
        'role="img" aria-label="A line that rises."',
    ),
    "raises": (
        talk(tagged("1 / 0", "raises-exception")),
        'class="output error">ZeroDivisionError: division by zero</pre>',
    ),
    "widget": (talk(code("import ipywidgets\nipywidgets.IntSlider()")), "IntSlider(value=0)"),
}
REFUSED = {  # a notebook: what is told, by cell
    "long-code": (
        talk(code("\n".join(f"value_{n} = {n}" for n in range(40)))),
        {2: r"ends \d{3} px below the slide \(code: value_19 = 19\)"},
    ),
    "wide-code": (
        notebook(
            markdown('<!-- .slide: class="split" -->\n## Two columns', "slide"),
            code(f"result = dict({', '.join(f'argument_{n}={n}' for n in range(5))})"),
            markdown("Words."),
            markdown("(30 s) Words.", "notes"),
        ),
        {2: r"ends \d+ px right of its box \(code: result = dict\("},
    ),
    "no-slide-types": (
        talk(*(markdown(f"## Section {n}\n\nwords") for n in range(12))),
        {1: "13 headlines on one slide"},
    ),
    "gif": (talk(gif()), {2: "a figure without alt text"}),
    "img-tag": (talk(markdown('<img src="img/net.png">')), {2: "a picture without alt text"}),
    "hide-input": (talk(tagged("1", "hide-input")), {2: "the tag 'hide-input' means nothing here"}),
    "footnote": (talk(markdown("Words[^1].\n\n[^1]: A note.")), {2: "a footnote has no place"}),
    "task-list": (talk(markdown("- [ ] open\n- [x] done")), {2: "a task list has no place"}),
}


def file(name):
    """The notebook of a case, which comes after the tiny talk's."""
    return f"03-{name}"


@pytest.fixture(scope="module")
def shown(built, tmp_path_factory):
    """(the build, {page: text}) of all notebooks that are fine."""
    project = copy_of(built, tmp_path_factory.mktemp("shown"))
    for name, (cells, _) in SHOWN.items():
        project.write(file(name), cells)
    done = project.run("deck", timeout=400)
    assert done.code == 0, done.err
    return done, {file: text.decode() for file, text in project.deck().items()}


@pytest.mark.parametrize("name", SHOWN)
def test_it_is_shown(shown, name):
    assert SHOWN[name][1] in shown[1][f"{name}/index.html"]


def test_only_the_widget_has_a_note(shown):
    notes = re.findall(r"(?m)^note: (\S+), cell (\d+)", shown[0].err)
    assert notes == [(f"slides/{file('widget')}.ipynb", "2")]
    assert "error" not in shown[0].err


@pytest.fixture(scope="module")
def refused(built, tmp_path_factory):
    """{(page, cell): what is told} of one build of all that is not, and whether the deck changed."""
    project = copy_of(built, tmp_path_factory.mktemp("refused"))
    (project.slides / "img").mkdir()
    (project.slides / "img" / "net.png").write_bytes(b"png")
    for name, (cells, _) in REFUSED.items():
        project.write(file(name), cells)
    before = project.deck()
    done = project.run("deck", timeout=400)
    assert done.code == 1 and "Traceback" not in done.err
    assert project.deck() == before
    places = {}
    for part in re.split(r"(?m)^error: ", done.err)[1:]:
        place, *rest = part.split("\n\n")[0].splitlines()
        place = re.match(r"slides/(.*)\.ipynb, cell (\d+)", place).groups()
        places[place] = [line.strip() for line in rest]
    return places


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_its_cell_and_a_cure(refused, name):
    found = {int(cell): said for (where, cell), said in refused.items() if where == file(name)}
    assert found.keys() == REFUSED[name][1].keys()
    for cell, says in REFUSED[name][1].items():
        problem, cure = found[cell]
        assert re.match(says, problem)
        assert re.match(r"cure: \w", cure)
