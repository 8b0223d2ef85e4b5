"""`make machines`: every check on every path, and what failed once more at the end of the log."""

from scripts.evidence import machines

DRIFTS = "import os, sys; print('5 %\\r50 %\\rdone'); sys.exit(os.environ['PATH_IS'] + ' drifted')"


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
    failed = [
        ["done", "a drifted", "old: numbers FAILED"],
        ["done", "b drifted", "new: numbers FAILED"],
    ]
    assert ended == 1
    assert lines[:10] == [
        *(*failed[0], "fine", "old: figures held"),
        *(*failed[1], "fine", "new: figures held"),
    ]
    assert lines[10:] == ["", *failed[0], "", *failed[1]]


def test_where_all_holds_nothing_is_said_twice(monkeypatch, capfd):
    ended, lines = said(monkeypatch, capfd, "pass", {"old": {}})
    assert ended == 0
    assert lines == ["old: numbers held", "fine", "old: figures held"]
