"""Who may know whom: topics nothing of each other, what they share nothing of topics."""

import grimp
import pytest

from demos.core import topics
from scripts.build.decks import read_pool
from scripts.build.notebooks import read_all

GRAPH = grimp.build_graph("demos", cache_dir=None)


def room(module):
    return ".".join(module.split(".")[:2])


@pytest.mark.parametrize("module", sorted(GRAPH.modules))
def test_a_module_imports_its_own_room_and_the_core(module):
    for other in GRAPH.find_modules_directly_imported_by(module):
        assert room(other) in (room(module), "demos.core"), f"{module} imports {other}"


def test_a_notebook_imports_its_own_room_and_the_core():
    from scripts.build.dependencies import imports

    for notebook in read_all():
        own = f"demos.{notebook.topic.replace('-', '_')}"
        for cell in notebook.code_cells:
            ours = [name for name in imports(cell) if name.startswith("demos.")]
            strange = [name for name in ours if room(name) not in (own, "demos.core")]
            assert strange == [], f"{cell} imports of another topic"


def test_every_topic_has_a_room_and_every_room_a_notebook():
    """An opening or a closing may do without."""
    pool = read_pool()
    assert set(pool.files) - pool.frames <= set(topics.rooms()) <= set(pool.files)


def test_the_core_loads_no_topic_until_it_is_asked():
    assert [m for m in GRAPH.modules if m.count(".") == 1 and not m.endswith(".core")]
    for module in sorted(GRAPH.find_descendants("demos.core")):
        above = {room(m) for m in GRAPH.find_upstream_modules(module)} - {"demos"}
        assert above <= {"demos.core"}, module
