"""What is kept of earlier work, each entry with its digest. One that is empty, cut off or changed by hand
counts as missing and is made anew."""

import hashlib
import json

from scripts.files import replace_file, write

SEAL = "sealed.json"  # in a folder: {file: digest}


def keep_text(path, text):
    """Keep a text, and beside it what proves it whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, text)
    replace_file(beside(path), digest(text.encode("utf-8")))


def kept_text(path):
    """The text kept there, or None where it is not whole."""
    try:
        data, wanted = path.read_bytes(), beside(path).read_text(encoding="utf-8")
        return data.decode("utf-8") if digest(data) == wanted else None
    except (OSError, UnicodeDecodeError):
        return None


def beside(path):
    return path.with_name(f"{path.name}.sha256")


def digest(data):
    return hashlib.sha256(data).hexdigest()


def seal(folder):
    """Write down what a folder holds, all of it on the disk. Before it is moved to its place."""
    write(folder / SEAL, json.dumps(digests(folder)))


def is_whole(folder):
    """Whether a folder holds what it was sealed with."""
    try:
        return digests(folder) == json.loads((folder / SEAL).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False


def digests(folder):
    """{file: digest} of all files in a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SEAL)
    return {path.relative_to(folder).as_posix(): digest(path.read_bytes()) for path in files}
