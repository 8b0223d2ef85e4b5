"""What a figure shows, read back from its artists: tests compare it with the arrays that were drawn."""

import numpy as np
from matplotlib.text import Annotation


def same(mine, expected):
    """Whether two arrays are of one shape and equal."""
    mine, expected = np.asarray(mine, float), np.asarray(expected, float)
    return mine.shape == expected.shape and np.allclose(mine, expected)


def line(axes, x, y, **look):
    """The one line through these points that looks so (color, marker, linestyle)."""
    found = [
        one
        for one in axes.lines
        if same(one.get_xdata(), x)
        and same(one.get_ydata(), y)
        and all(getattr(one, f"get_{what}")() == how for what, how in look.items())
    ]
    assert len(found) == 1, f"{len(found)} lines go through the points and are {look}"
    return found[0]


def words(axes):
    """Everything written inside the axes: {text: Text}."""
    return {text.get_text(): text for text in axes.texts}


def named(axes, text, color, at=None):
    """A name stands there once, in its colour, and at (x, y) where that is told. Returns the Text."""
    assert text in words(axes), f"{text!r} is not among {list(words(axes))}"
    found = words(axes)[text]
    assert found.get_color() == color, text
    if at is not None:
        place = found.xy if isinstance(found, Annotation) else found.get_position()
        assert same(place, at), f"{text} stands at {place}, not at {at}"
    return found


def strips_of(axes, groups, names=True):
    """One dot per seed and a bar at the median, the first group on top, each beside its name."""
    for row, (name, values, color) in enumerate(reversed(groups)):
        drawn = [one for one in axes.lines if abs(np.mean(one.get_ydata()) - row) < 0.4]
        drawn = [one for one in drawn if one.get_color() == color]
        assert len(drawn) == 2, f"{len(drawn)} lines are drawn for {name}"
        dots, bar = drawn
        assert same(dots.get_xdata(), values) and dots.get_marker() != "None", name
        heights = dots.get_ydata() - row
        assert np.abs(heights).max() < 0.35 and len(np.unique(heights)) == len(values), name
        line(axes, [np.median(values)] * 2, [row - 0.38, row + 0.38], color=color)
        assert bar.get_marker() == "None"
        if names:
            places = [t.get_position()[1] for t in axes.texts if t.get_text() == name]
            assert row in places, f"{name} stands at {places}, not at {row}"
            named(axes, name, color) if len(places) == 1 else None


def spans(axes):
    """Shaded ranges of x: [(left, right, color)], colours as (red, green, blue)."""
    boxes = [patch for patch in axes.patches if in_data(axes, patch) == (True, False)]
    return [(*sorted(b.get_x() + np.array([0, b.get_width()])), b.get_facecolor()) for b in boxes]


def in_data(axes, artist):
    """Whether an artist's x is in data coordinates, and whether its y is."""
    return artist.get_transform().contains_branch_seperately(axes.transData)


def points(axes):
    """(artist, its points (n, 2)) of everything drawn; NaN where a coordinate is not of the data."""
    for artist in (*axes.lines, *axes.collections, *axes.patches, *axes.texts):
        if artist in axes.texts:
            place = artist.xy if isinstance(artist, Annotation) else artist.get_position()
            found = np.array([place], dtype=float)
        elif artist in axes.lines:
            found = np.column_stack(artist.get_data(orig=False)).astype(float)
        elif artist in axes.patches:
            found = artist.get_patch_transform().transform(artist.get_path().vertices)
        else:
            found = np.concatenate([path.vertices for path in artist.get_paths()])
        pointed = artist in axes.texts and isinstance(artist, Annotation)
        inside = (True, True) if pointed else in_data(axes, artist)
        yield artist, np.where(inside, found, np.nan)
    for image in axes.images:
        left, right, bottom, top = image.get_extent()
        yield image, np.array([[left, bottom], [right, top]], dtype=float)


def in_view(figure, but=()):
    """All that is drawn lies inside its axes, `but` for artists that are meant to leave them."""
    for axes in figure.axes:
        limits = np.sort([axes.get_xlim(), axes.get_ylim()])
        room = 1e-6 * np.ptp(limits, axis=1)
        for artist, found in points(axes):
            if artist not in but and len(found):
                low, high = np.fmin.reduce(found), np.fmax.reduce(found)
                out = (low < limits[:, 0] - room) | (high > limits[:, 1] + room)
                assert not out.any(), f"{artist} from {low} to {high}, axes {limits.tolist()}"
