"""Analyse a table of answers, link scales, and draw samples: for an analyst; needs no data and no site.

A table has a header and a row for each person, .csv or .xlsx. A cell holds the category or points reached; an empty
cell was not presented, "-" was omitted. Written are a workbook with all tables and a page with pictures that opens
without a network, or JSON. Methods: docs/methods.
"""

import argparse
import sys
from importlib import import_module
from pathlib import Path

from xietong.web.commands.quant.words import LANGUAGES

WITHOUT_DJANGO = True
REFUSED = 1

LINKS = ("stocking-lord", "haebara", "mean-sigma", "mean-mean")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = "exit status: 0 done; 1 refused, nothing is written; 2 wrong use; 3 written, but not converged"
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    items = verb(verbs, "items", "papers.items", "difficulty, discrimination, distractors, reliability, rates")
    table(items)
    items.add_argument("--registered", type=float, metavar="N", help="how many should have sat; left out, all rows")
    items.add_argument(
        "--cuts", type=shares, default=(60.0, 85.0, 40.0), metavar="P,E,L",
        help="where passing, excellent and low begin, in hundredths of the full mark (60,85,40)",
    )  # fmt: skip
    irt = verb(verbs, "irt", "models.theory", "parameters, fit, dependence, information; populations and schools")
    table(irt)
    irt.add_argument(
        "--model", default="auto", metavar="MODEL[,MODEL…]",
        help="rasch, 2pl, 3pl, grm, pcm or gpcm; one, or one an item; auto: 2pl, and grm for several categories",
    )  # fmt: skip
    irt.add_argument("--group", metavar="COLUMN", help="populations with mean and spread of their own")
    irt.add_argument("--prior", type=pair, metavar="A,B", help="beta prior of the lower asymptotes")
    irt.add_argument("--fixed", type=Path, metavar="FILE", help="keeps the items of an earlier analysis as they were")
    irt.add_argument(
        "--equivalent", action="store_true", help="booklets without common items were given out at random"
    )
    compare = verb(verbs, "compare", "papers.compared", "whether items treat two groups of equals unlike")
    table(compare)
    compare.add_argument("--group", required=True, metavar="COLUMN", help="which group a person belongs to")
    compare.add_argument(
        "--focal", required=True, metavar="NAME", help="the group of interest; the rest is compared with"
    )
    compare.add_argument(
        "--purify", action="store_true", help="match a second time without the items that came out C"
    )
    link = verb(verbs, "link", "links.linked", "carry one calibration onto the scale of another, by common items")
    link.add_argument("source", type=Path, help="the workbook of irt, or its parameters as .csv")
    link.add_argument("target", type=Path, help="the same, on the scale to be reached")
    link.add_argument("--method", choices=LINKS, default="stocking-lord")
    sample = verb(verbs, "sample", "drawing.sampled", "draw schools in proportion to their size, and pupils of each")
    sample.add_argument("file", type=Path, help="a table of schools")
    sample.add_argument("--id", required=True, metavar="COLUMN", help="names the schools")
    sample.add_argument("--size", required=True, metavar="COLUMN", help="pupils of the grade")
    sample.add_argument("--stratum", metavar="COLUMN", help="left out, all schools are one")
    sample.add_argument("--spread", metavar="COLUMN", help="what the sample of a stratum is spread over")
    sample.add_argument("--schools", required=True, metavar="N|NAME=N,…", help="how many of each stratum")
    sample.add_argument(
        "--pupils", type=int, default=30, metavar="N", help="how many of each school, or all of fewer"
    )
    sample.add_argument("--booklets", type=int, default=1, metavar="N", help="how many are given out in turns")
    sample.add_argument("--seed", type=int, required=True, help="any whole number; the same draws the same")
    score = verbs.add_parser("score", help="the ability of each person with its error, as a table")
    table(score)
    score.add_argument("--parameters", type=Path, required=True, metavar="FILE", help="the workbook of irt, or .csv")
    score.add_argument(
        "--method", choices=("eap", "wle"), default="eap", help="eap: all are of N(0, 1); wle: of no population"
    )
    score.add_argument("--out", type=Path, metavar="FILE", help=".csv; left out, standard output")
    score.add_argument("--force", action="store_true", help="write over a file that is there")
    score.set_defaults(does="models.scores")


def verb(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, does: str, what: str
) -> argparse.ArgumentParser:
    """One that writes a workbook and a page."""
    parser = verbs.add_parser(name, help=what)
    parser.set_defaults(does=does)
    parser.add_argument("--out", type=Path, metavar="NAME", help="writes NAME.xlsx and NAME.html")
    parser.add_argument("--force", action="store_true", help="write over files that are there")
    parser.add_argument("--json", action="store_true", help="print all as JSON; no files without --out")
    parser.add_argument("--language", choices=LANGUAGES, default="zh", help="of the workbook and the page (zh)")
    return parser


def table(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--id", metavar="COLUMN", help="names the persons; left out, they are numbered")
    parser.add_argument("--weight", metavar="COLUMN", help="how many persons a row stands for")
    parser.add_argument("--school", metavar="COLUMN", help="the school of a person")
    parser.add_argument(
        "--items", metavar="COLUMN[,COLUMN…]", help="left out, all columns that are not named otherwise"
    )
    parser.add_argument("--about", type=Path, metavar="FILE", help="a table of the items: full mark, key, model")
    parser.add_argument(
        "--omitted", choices=("wrong", "unknown"), default="wrong", help="what an omitted answer counts"
    )
    parser.add_argument("--sampled", action="store_true", help="this is a sampled monitoring, and no exam of a grade")


def numbers(text: str, count: int) -> tuple[float, ...]:
    found = tuple(map(float, text.split(",")))
    if len(found) != count:
        raise argparse.ArgumentTypeError(f"{count} numbers are needed, with commas between them")
    return found


def pair(text: str) -> tuple[float, ...]:
    """Two numbers."""
    return numbers(text, 2)


def shares(text: str) -> tuple[float, ...]:
    """Three numbers."""
    return numbers(text, 3)


def execute(args: argparse.Namespace) -> int:
    from xietong.web.commands.quant import running  # noqa: PLC0415  (the help must not wait for it)

    module, _, function = args.does.partition(".")
    does = getattr(import_module(f"{__name__}.{module}"), function)
    try:
        return running.score(args, does) if args.verb == "score" else running.report(args, does)
    except (OSError, ValueError) as refusal:
        print(f"{refusal}", file=sys.stderr)  # noqa: T201
        return REFUSED
