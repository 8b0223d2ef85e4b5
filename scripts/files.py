"""Write files whole or not at all, and build one at a time."""

import fcntl
import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from scripts.paths import BUILD

SOCKET = 100  # bytes of a socket's path; macOS allows 104, Linux 108
NAME = len("/kernel-") + 36 + len("-ipc-5")  # of a kernel's socket in its folder


@contextmanager
def alone(build):
    """One build at a time: another waits its turn."""
    with locked(build / ".lock", "build"):
        sweep(build)
        yield


@contextmanager
def unfinished(build=None):
    """While half-made things lie in `build` that are somebody's work: no build sweeps them away. Many at
    once may hold it."""
    build = build or BUILD
    build.mkdir(parents=True, exist_ok=True)
    with open(build / ".unfinished", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield


@contextmanager
def locked(path, what):
    """One at a time, among processes. The lock ends with its process, even a killed one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"waiting for another {what} to end", file=sys.stderr, flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def kernel_folder():
    """A new folder for kernels' sockets that only we can enter, and how to reach them: (path, "ipc").

    Where no short path is to be had (TMPDIR can be long), (path, "tcp"): over loopback.
    """
    places = [tempfile.gettempdir(), "/tmp"] if os.name == "posix" else []
    for place in places:
        room = SOCKET - NAME - len("/talk-12345678")
        if len(os.fsencode(place)) <= room and os.access(place, os.W_OK | os.X_OK):
            return tempfile.mkdtemp(prefix="talk-", dir=place), "ipc"
    return tempfile.mkdtemp(prefix="talk-"), "tcp"


def sweep(build):
    """Remove what a killed build left half made; nothing while another process makes such things."""
    with open(build / ".unfinished", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return  # a later build finds the same
        for left in (
            *build.glob("cache/**/new-*"),
            *build.glob("cache/**/*.new-*"),
            *build.glob("*.new-*"),
        ):
            shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)


def replace_file(path, text):
    """Write a new file beside `path`, then rename it over the old one."""
    with replaced_files({path: text}):
        pass


@contextmanager
def replaced_files(texts):
    """Write new files, {path: text}, beside the old ones; after what happens inside, rename each over its
    old one. What is raised inside, and a disk that is full, leaves all the old ones."""
    new = {}
    with unfinished():
        try:
            for path, text in texts.items():
                handle, name = tempfile.mkstemp(prefix=f"{path.name}.new-", dir=path.parent)
                os.close(handle)
                new[path] = Path(name)
                write(new[path], text)
                new[path].chmod(0o644)
            yield
            for path, file in new.items():
                os.replace(file, path)
        finally:
            for file in new.values():
                file.unlink(missing_ok=True)


def write(path, text):
    """The text on the disk for certain: a full disk is an error now, not half a page later."""
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
