"""`make machines`: every check on every path, and what failed once more at the end of the log."""

from scripts.evidence import machines

DRIFTS = "import os, sys; print('5 %\\r50 %\\rdone'); sys.exit(os.environ['PATH_IS'] + ' drifted')"

MEETS = """import os, pathlib, time
pathlib.Path(os.environ["PATH_IS"]).touch()
end = time.monotonic() + 60
while not os.path.exists(os.environ["OTHER"]):
    assert time.monotonic() < end, "the other path did not come"
    time.sleep(0.05)
"""


def said(monkeypatch, capfd, code, paths):
    """The exit code, and the lines that are printed, without seconds."""
    both = (("numbers", ["-c", code]), ("figures", ["-c", "print('fine')"]))
    monkeypatch.setattr(machines, "CHECKS", both)
    monkeypatch.setattr(machines.rounding, "PATHS", paths)
    ended = machines.run()
    return ended, [line.split(" (")[0] for line in capfd.readouterr().out.splitlines()]


def test_what_failed_stands_at_the_end_with_its_last_lines(monkeypatch, capfd):
    ended, lines = said(
        monkeypatch, capfd, DRIFTS, {"old": {"PATH_IS": "a"}, "new": {"PATH_IS": "b"}}
    )
    old = ["old| done", "old| a drifted", "old: numbers FAILED"]
    new = ["new| done", "new| b drifted", "new: numbers FAILED"]
    assert ended == 1
    by_path = [[line for line in lines[:10] if line.startswith(name)] for name in ("old", "new")]
    assert by_path == [  # each begins with another check
        [*old, "old| fine", "old: figures held"],
        ["new| fine", "new: figures held", *new],
    ]
    ends = [["", "done", f"{path} drifted", last[-1]] for path, last in (("a", old), ("b", new))]
    assert lines[10:] == [*ends[0], *ends[1]]


def test_the_paths_run_side_by_side(monkeypatch, capfd, tmp_path):
    both = {"old": {"PATH_IS": str(tmp_path / "a"), "OTHER": str(tmp_path / "b")}}
    both["new"] = {"PATH_IS": both["old"]["OTHER"], "OTHER": both["old"]["PATH_IS"]}
    assert said(monkeypatch, capfd, MEETS, both)[0] == 0


def test_where_all_holds_nothing_is_said_twice(monkeypatch, capfd):
    ended, lines = said(monkeypatch, capfd, "pass", {"old": {}})
    assert ended == 0
    assert lines == ["old: numbers held", "old| fine", "old: figures held"]
