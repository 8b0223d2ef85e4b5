"""The files of decks: what they may say, and that all that is wrong is said at once, with a cure."""

import pytest
from conftest import markdown, notebook
from nbformat import v4

from demos.core.evidence import verdicts
from scripts.build import compose, decks
from scripts.errors import BuildError

pytestmark = pytest.mark.code

GOOD = {
    "title": "A deck",
    "subtitle": "Of three.",
    "minutes": 20,
    "topics": ["norms", "curves"],
}


def written(value):
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    return f'"{value}"' if isinstance(value, str) else str(value)


@pytest.fixture
def slides(tmp_path):
    """A pool of four notebooks and two planned topics; `slides(talk={…})` writes decks and reads it."""
    for name in ("00-hello", "01-curves", "02-norms", "09-bye"):
        cells = notebook(markdown(f"# All about *{name[3:]}* `now`", "slide"))
        (tmp_path / f"{name}.ipynb").write_text(v4.writes(cells), encoding="utf-8")
    planned = 'mixup = "Mixup, told"\nspeed = "Speed"\n'
    (tmp_path / "planned.toml").write_text(planned, encoding="utf-8")
    (tmp_path / "decks").mkdir()

    def read(**files):
        for name, fields in files.items():
            lines = [f"{field} = {written(value)}" for field, value in fields.items()]
            (tmp_path / "decks" / f"{name}.toml").write_text("\n".join(lines), encoding="utf-8")
        return decks.read_pool(tmp_path)

    read.folder = tmp_path
    return read


def test_a_deck_has_its_own_order_and_the_talk_comes_first(slides):
    more = {"opening": "hello", "closing": "bye", "skip": ["norms/a-slide"], "picture": "dots"}
    pool = slides(alpha=GOOD, talk=GOOD | more)
    assert [*pool.decks] == ["talk", "alpha"]
    talk = pool.decks["talk"]
    assert talk.parts == ["hello", "norms", "curves", "bye"]
    assert (talk.title, talk.minutes, talk.skip, talk.picture) == (
        "A deck", 20, ("norms/a-slide",), "dots",
    )  # fmt: skip
    assert pool.decks["alpha"].parts == ["norms", "curves"]
    assert pool.frames >= {"hello", "bye"} and not pool.frames & {"norms", "curves"}


def test_planned_topics_are_left_out_with_a_line(slides, capsys):
    begun = GOOD | {"topics": ["speed", "norms", "mixup"], "opening": "hello"}
    pool = slides(talk=GOOD, begun=begun, empty=GOOD | {"topics": ["mixup"], "closing": "bye"})
    deck = pool.decks["begun"]
    assert pool.ready(deck) == ["hello", "norms"] and pool.topics(deck) == ["norms"]
    assert pool.in_preparation(deck) == ["Speed", "Mixup, told"]
    asked = pool.asked()
    assert [each.name for each in asked] == ["talk", "begun", "curves", "norms"]
    assert [each.is_topic for each in asked] == [False, False, True, True]
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("begun: without speed, mixup, which slides/planned.toml declares")
    assert out[1:] == ["empty: in preparation, none of its topics is there yet"]


def test_one_deck_is_built_with_its_topics_alone_and_one_topic_without_any_deck(slides):
    pool = slides(talk=GOOD | {"opening": "hello"}, other=GOOD | {"topics": ["curves"]})
    assert [each.name for each in pool.asked("talk")] == ["talk", "norms", "curves"]
    assert [each.name for each in pool.asked("other")] == ["other", "curves"]
    (alone,) = pool.asked("norms")
    assert (alone.parts, alone.title) == (["norms"], "All about norms now")


@pytest.mark.parametrize(
    ("name", "says", "cure"),
    [
        ("takl", "no deck is named 'takl'", "talk"),
        (
            "empty",
            "'empty' is in preparation: none of its topics",
            "add the notebook of one of them",
        ),
    ],
)
def test_a_deck_that_cannot_be_built_is_an_error_with_a_cure(slides, name, says, cure):
    pool = slides(talk=GOOD, empty=GOOD | {"topics": ["mixup"]})
    with pytest.raises(BuildError, match=says) as caught:
        pool.asked(name)
    assert cure in caught.value.cure


WRONG = {  # what is other than in a good deck, None for a field left out: field, what is said, of the cure
    "unknown field": ({"titel": "x"}, "titel", "unknown field", "names near it: title"),
    "left out": ({"minutes": None}, "minutes", "the field is missing", "how long it is planned"),
    "no number": ({"minutes": "20"}, "minutes", "'20' is no whole number", "how long"),
    "a yes": ({"minutes": "true"}, "minutes", "is no whole number", "how long"),
    "no minutes": ({"minutes": 0}, "minutes", "0 minutes", "how long"),
    "empty": ({"title": " "}, "title", "an empty text", "first page"),
    "no list": ({"topics": "norms"}, "topics", "not a list of names", "in order"),
    "no names": ({"topics": [1]}, "topics", "not a list of names", "in order"),
    "no topics": ({"topics": []}, "topics", "a deck of no topics", "in order"),
    "misspelt": ({"topics": ["nroms"]}, "topics", "no topic 'nroms'", "near it: norms"),
    "the number": ({"topics": ["02-norms"]}, "topics", "no topic '02-norms'", "slides/planned.toml"),
    "twice": ({"topics": ["norms", "norms"]}, "topics", "named twice: norms", "in order"),
    "no opening": ({"opening": "helo"}, "opening", "no topic 'helo'", "hello"),
    "both": ({"closing": "norms"}, "closing", "'norms' is in the deck already", "name it once"),
    "another's": ({"skip": ["speed/x"]}, "skip", "no slide 'speed/x'", "norms, curves"),
    "no slide": ({"skip": ["norms"]}, "skip", "no slide 'norms'", "topic/slide"),
    "slide twice": ({"skip": ["norms/a", "norms/a"]}, "skip", "named twice: norms/a", "go past"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named_with_file_field_and_cure(slides, case):
    other, field, says, cure = WRONG[case]
    fields = {name: value for name, value in (GOOD | other).items() if value is not None}
    with pytest.raises(BuildError) as caught:
        slides(talk=fields)
    (error,) = caught.value.all
    assert str(error.where).endswith(f"decks/talk.toml, {field}")
    assert says in error.problem and cure in error.cure


def test_all_that_is_wrong_in_all_files_is_told_at_once(slides):
    (slides.folder / "planned.toml").write_text('norms = "Norms"\nMixup = "M"\nspeed = 3\n')
    (slides.folder / "decks" / "cut.toml").write_text('title = "x\n')
    with pytest.raises(BuildError) as caught:
        slides(talk={"title": "x", "minutes": 0, "topics": ["a", "b"]}, norms=GOOD)
    told = [(str(error.where).rsplit("/", 1)[1], error.problem) for error in caught.value.all]
    assert [where for where, _ in told] == [
        "planned.toml, norms", "planned.toml, Mixup", "planned.toml, speed",
        "cut.toml", "norms.toml, name",
        "talk.toml, subtitle", "talk.toml, minutes", "talk.toml, topics", "talk.toml, topics",
    ]  # fmt: skip
    assert "has a notebook now" in told[0][1] and "line 1" in told[3][1]


def test_without_any_deck_there_is_an_error(slides):
    with pytest.raises(BuildError, match="there is no deck") as caught:
        slides()
    assert "talk.toml" in caught.value.cure


def test_the_decks_of_the_lectures_are_there_and_name_what_is_there_or_planned():
    pool = decks.read_pool()
    assert [*pool.decks] == ["talk", "course", "generalization", "training"]
    minutes = [pool.decks[name].minutes for name in pool.decks]
    assert minutes == [45, 120, 90, 90]
    counts = {name: len(deck.topics) for name, deck in pool.decks.items()}
    assert counts == {"talk": 7, "course": 8, "generalization": 11, "training": 9}
    assert set(pool.topics(pool.decks["talk"])) < set(pool.files) - pool.frames
    assert set(pool.planned).isdisjoint(pool.files)
    named = {part for deck in pool.decks.values() for part in deck.parts}
    assert named == set(pool.files) | set(pool.planned)
    begun = [deck for deck in pool.decks.values() if pool.topics(deck)]
    assert len({deck.picture for deck in begun} - {None}) == len(
        begun
    )  # the landing page shows them


def test_a_decks_claims_are_those_of_its_topics():
    """And they are judged together: with many more, the same count is not enough."""
    seen = {"word": "nearly always", "census": False, "agree": [124, 124], "seeds": 128}
    claims = {f"few-{n}": seen | {"topic": "few"} for n in range(2)}
    claims |= {f"many-{n}": seen | {"topic": "many"} for n in range(90)}
    alone, both = (verdicts.made_in(parts, claims) for parts in (["few"], ["many", "few"]))
    assert list(alone) == ["few-0", "few-1"] and alone["few-0"]["verdict"] == "holds"
    assert len(both) == 92 and both["few-0"]["verdict"] == "open"


def test_claims_are_judged_alone_and_in_each_deck_as_its_badges_show(slides):
    """All of 64 seeds agree, so the lower limit is (0.05 / claims) ** (1 / 64): 0.9 for 42.4 claims."""
    together = int(0.05 / 0.9**64)
    seen = {"word": "nearly always", "kind": "measured", "census": False, "agree": [64, 64]}
    count = {"norms": 2, "curves": together - 1, "hello": 1}
    claims = {
        f"{topic}-{n}": seen | {"topic": topic, "seeds": 64}
        for topic, number in count.items()
        for n in range(number)
    }
    large, planned = GOOD | {"closing": "bye"}, GOOD | {"topics": ["mixup"]}
    small = GOOD | {"topics": ["curves", "mixup"], "opening": "hello"}
    pool = slides(large=large, small=small, planned=planned)
    found = decks.judgements(pool, claims)
    assert list(found) == list(claims)
    said = {
        name: {page: c["verdict"] for page, c in pages.items()} for name, pages in found.items()
    }
    assert said["norms-0"] == {"norms alone": "holds", "the deck large": "open"}
    assert said["hello-0"] == {"hello alone": "holds", "the deck small": "holds"}
    curves = {"curves alone": "holds", "the deck large": "open", "the deck small": "holds"}
    assert said["curves-0"] == curves
    for deck in (pool.decks["large"], pool.decks["small"]):
        records, _ = compose.of_parts(
            pool.ready(deck), {"claims": {"numbers": claims, "studies": {}}}
        )
        badges = records["claims"]["numbers"]
        for name, pages in found.items():
            if f"the deck {deck.name}" in pages:
                assert badges[name] == pages[f"the deck {deck.name}"], name
