"""The pages' policy: which inline scripts it lets run."""

import pytest

from scripts.build import frontend, policy
from scripts.errors import BuildError

PAGE = '<!-- <script>not()</script> --><p>x</p><script>a < b && "</p>"</script><script src="y"></script>'


def test_scripts_are_found_as_a_browser_reads_the_page():
    parser = policy.Scripts()
    parser.feed(f"{PAGE}<style>p{{}}</style><script>\n\tsecond()\n</script>")
    assert parser.found == ['a < b && "</p>"', "\n\tsecond()\n"]


def test_the_speaker_views_own_script_is_allowed_as_the_plugin_writes_it():
    (script,) = policy.speaker_view()
    assert "reveal-notes" in script
    assert f"'sha256-{policy.digest(script)}'" in policy.served()


def test_a_speaker_view_without_a_script_is_an_error(monkeypatch):
    monkeypatch.setattr(frontend, "node", lambda *command: "<html><script src='there.js'></script>")
    policy.speaker_view.cache_clear()
    with pytest.raises(BuildError, match="no script of its own"):
        policy.speaker_view()
    policy.speaker_view.cache_clear()
