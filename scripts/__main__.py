"""The command line: `python -m scripts deck`. The Makefile's targets call it."""

import argparse
import errno
import random
import sys
from contextlib import nullcontext

from scripts.errors import BuildError
from scripts.files import alone
from scripts.paths import BUILD, DEFAULT, shown

DESCRIPTION = """\
Make decks of slides from notebooks. What is up to date is not made again: after an edit to prose nothing
runs, after an edit to a demo only the notebooks that import it do.
"""
# what the disk may say to a write
DISK = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EIO)


def port_number(text):
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to 65535, not {text!r}")
    return int(text)


def parser():
    top = argparse.ArgumentParser(
        prog="python -m scripts",
        description=DESCRIPTION,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name, text, **more):
        return commands.add_parser(name, help=text, description=text, **more)

    deck = command("deck", "build build/deck/, and each deck as one file, build/NAME.html")
    which(deck, None, "only this one, or a topic")
    deck.add_argument(
        "--without-live",
        action="store_true",
        help="figures only, no training on slides: half the size",
    )
    deck.add_argument("--fresh", action="store_true", help="run every notebook, cached or not")
    deck.add_argument(
        "--overflowing",
        action="store_true",
        help="where slides do not fit, say so, exit with 1, and let the new deck stand",
    )
    for name, text in (
        ("present", "build, serve on 127.0.0.1, open a browser, rebuild and reload after edits"),
        ("watch", "the same without opening a browser"),
    ):
        serve = command(name, text)
        port = "port to serve on (8000), 0 for any that is free"
        serve.add_argument("--port", type=port_number, default=8000, help=port)
        which(serve, DEFAULT, f"which one, or a topic ({DEFAULT})")
    lab = command("lab", "copy the notebooks into lab/ and open these in JupyterLab")
    lab.add_argument(
        "--fresh", nargs="+", default=[], metavar="NAME", help="hand these out again, such as 03"
    )
    lab.add_argument(
        "--originals", action="store_true", help="no copies: edit slides/ itself, as an author does"
    )
    lab.add_argument("--port", type=port_number, default=0, help="port to serve on (a free one)")
    lab.add_argument("--no-browser", action="store_true", help="do not open a browser")
    evidence = command(
        "evidence", "measure every claim on many seeds; what is recorded and up to date stays"
    )
    evidence.add_argument("--seeds", type=int, help="how many seeds (each study its own number)")
    evidence.add_argument("--claim", nargs="*", metavar="ID", help="only what these claims rest on")
    evidence.add_argument(
        "--backend", default="loky", help="loky (this machine's cores), dask or sequential"
    )
    evidence.add_argument("--scheduler", help="address of a Dask scheduler, tcp://host:8786")
    evidence.add_argument("--jobs", type=int, help="processes at once (one per core)")
    evidence.add_argument("--fresh", action="store_true", help="measure again what is up to date")
    evidence.add_argument(
        "--restamp",
        action="store_true",
        help="measure a few seeds of what is stale; where every digit is the recorded one, keep the record",
    )
    evidence.add_argument(
        "--draw", type=int, help="with --restamp: the printed number of a draw, to repeat it"
    )
    claims = command(
        "claims", "compute a sample of seeds of every claim again; exit 1 if one fails"
    )
    claims.add_argument("--sample", type=int, default=1, help="seeds per study (1)")
    claims.add_argument(
        "--budget", type=float, help="draw studies too, of so many core seconds together (all)"
    )
    claims.add_argument("--dice", type=int, help="draw the sample that this number drew before")
    command("machines", "tests of numbers, claims and figures as other processors compute them")
    command("sentences", "list sentences about behaviour with no evidence beside them; exit 1")
    figures = command("figures", "run all notebooks, write figures/ and the numbers in their text")
    check = command(
        "check", "run all notebooks, compare with figures/; exit 1 if something drifted"
    )
    for one in (figures, check):
        one.add_argument("--cached", action="store_true", help="take last runs that are up to date")
        topic = "only notebooks whose names begin so, such as 03; other files stay as they are"
        one.add_argument("--topic", nargs="+", metavar="NAME", help=topic)
    check.add_argument("--sample", type=int, metavar="N", help="only so many notebooks, drawn")
    mutants = command(
        "mutants", "break the code in small ways, one at a time; exit 1 if no test notices one"
    )
    mutants.add_argument("names", nargs="*", metavar="NAME", help="only these of tests/mutants/")
    mutants.add_argument("--sample", type=int, help="only so many, drawn at random")
    mutants.add_argument("--seed", type=int, help="draw the sample of this seed again")
    mutants.add_argument("--jobs", type=int, default=2, help="processes at once (2)")
    narrow = "of one that took longer, let the table name only the test that caught it"
    mutants.add_argument("--narrow", type=float, metavar="SECONDS", help=narrow)
    pdf = command("pdf", "print a deck to build/NAME.pdf")
    which(pdf, DEFAULT, f"which one, or a topic ({DEFAULT})")
    command("screenshot", "take the README's picture of the deck, figures/deck.png")
    command("browser", "find Chromium, or install it, and print its path")
    command("slides", "list the minutes of decks and topics; say which deck overruns its plan")
    return top


def which(command, default, text):
    """The option that names a deck."""
    command.add_argument("--deck", metavar="NAME", default=default, help=text)


def main(arguments=None):
    """Run one command. Returns the exit code."""
    options = parser().parse_args(arguments)
    builds = options.command not in (
        "present",
        "watch",
        "lab",
        "browser",
        "claims",
        "machines",
        "sentences",
        "mutants",
    )  # these start builds, or none
    try:
        with alone(BUILD) if builds else nullcontext():
            return COMMANDS[options.command](options) or 0
    except BuildError as error:
        print(f"\n{error.report()}", file=sys.stderr)
        return 1
    except OSError as error:
        if error.errno not in DISK:
            raise
        cure = "free some space (or permissions) there and build again; the last deck is untouched"
        place = shown(error.filename or BUILD)
        print(f"\n{BuildError(error.strerror, cure, place).report()}", file=sys.stderr)
        return 1
    except SyntaxError as error:  # in a demo that the build itself imports
        place = f"{shown(error.filename)}, line {error.lineno}"
        report = BuildError(f"syntax error: {error.msg}", "mend the line", place).report()
        print(f"\n{report}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopped; the last good deck is still there", file=sys.stderr)
        return 130


def deck(options):
    from scripts.build.deck import build
    from scripts.paths import DECK, shown

    made = build(options.deck, options.fresh, not options.without_live, options.overflowing)
    for name, topics in made.items():
        where, whole = (
            f"{name}: {sum(map(len, topics.values()))} slides in {shown(DECK / name)}/",
            "",
        )
        if name not in topics:  # a topic alone has no file of its own
            whole = BUILD / f"{name}.html"
            whole = f" and {shown(whole)} ({whole.stat().st_size / 1e6:.1f} MB)"
        if whole or name == options.deck:
            print(where + whole)
    print(f"all that there is: {shown(BUILD / 'index.html')}, or {shown(DECK)}/ for a server")


def present(options):
    from scripts.serve.present import present

    return present(options.deck, options.port, browser=options.command == "present")


def lab(options):
    from scripts.serve.lab import lab

    return lab(options.port, not options.no_browser, options.originals, options.fresh)


def figures(options):
    from scripts.build.figures import update

    return update(fresh=not options.cached, topics=options.topic)


def check(options):
    from scripts.build.deck import build
    from scripts.build.figures_check import check

    topics = drawn(options.sample) if options.sample else options.topic
    drifted = check(fresh=not options.cached, topics=topics)
    if not topics:
        build()  # what has no place on a slide, or none left
    return drifted


def drawn(count):
    """Names of so many notebooks that draw something, at random."""
    from scripts.build.figures_check import figures_in
    from scripts.build.notebooks import read_all
    from scripts.paths import FIGURES

    drawing = {file.parent.name for file in figures_in(FIGURES)}
    names = [notebook.name for notebook in read_all() if notebook.topic in drawing]
    return random.sample(names, min(count, len(names)))


def evidence(options):
    from scripts.evidence.measure import run
    from scripts.evidence.restamp import restamp

    where = {name: getattr(options, name) for name in ("backend", "scheduler", "jobs")}
    if options.restamp:
        problems = restamp(draw=options.draw, claim_ids=options.claim, **where)
        return report(problems, "the record stands under today's keys")
    return run(options.seeds, options.claim, **where, fresh=options.fresh)


def claims(options):
    from scripts.evidence.claims_check import check

    return report(check(options.sample, dice=options.dice, budget=options.budget), "claims hold")


def machines(options):
    from scripts.evidence.machines import run

    return run()


def sentences(options):
    from scripts.build.sentences import CURE, check

    problems = check()
    return report([*problems, CURE] if problems else [], "every sentence has its evidence")


def mutants(options):
    from scripts.mutants import run

    return run(options.names, options.sample, options.seed, options.jobs, options.narrow)


def report(problems, good):
    """Print what is wrong, or that all is well. Returns the exit code."""
    print("\n".join(problems) if problems else good)
    return 1 if problems else 0


def pdf(options):
    from scripts.build.pdf import write_pdf

    return write_pdf(options.deck)


def screenshot(options):
    from scripts.build.pdf import write_screenshot

    return write_screenshot()


def browser(options):
    from scripts.build.browser import chromium

    print(chromium())


def slides(options):
    from scripts.build.deck import build
    from scripts.build.decks import read_pool

    planned, made = read_pool().decks, build()
    for name in [name for name in made if name in planned]:
        for topic, found in made[name].items():
            print(f"{name:16} {topic:24} {timed(found)}")
        whole = [slide for found in made[name].values() for slide in found]
        total, plan = seconds(on_path(whole)), 60 * planned[name].minutes
        print(f"{name:16} {'in all':24} {timed(whole)}, {clock(plan)} planned")
        if total > plan:
            print(f"warning: {name} overruns its plan by {clock(total - plan)}", file=sys.stderr)
    for name in [name for name in made if name not in planned]:
        found = made[name][name]
        print(f"{'alone':16} {name:24} {timed(found)}")


def on_path(slides):
    """Those that next comes to: not skipped, not below others."""
    return [slide for slide in slides if not slide.skipped and not slide.below]


def timed(slides):
    """How many slides stand on the main path, for how long, and how many lie below."""
    path = on_path(slides)
    below = [slide for slide in slides if slide.below and not slide.skipped]
    more = f" + {len(below):2} below ({clock(seconds(below))})" if below else ""
    return f"{len(path):3} slides {clock(seconds(path)):>6}{more}"


def seconds(slides):
    """What slides are planned to take, together."""
    return sum(slide.seconds for slide in slides)


def clock(seconds):
    return f"{seconds // 60}:{seconds % 60:02}"


COMMANDS = {
    "deck": deck,
    "present": present,
    "watch": present,
    "lab": lab,
    "evidence": evidence,
    "claims": claims,
    "machines": machines,
    "sentences": sentences,
    "figures": figures,
    "check": check,
    "mutants": mutants,
    "pdf": pdf,
    "screenshot": screenshot,
    "browser": browser,
    "slides": slides,
}

if __name__ == "__main__":
    sys.exit(main())
