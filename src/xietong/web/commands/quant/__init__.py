"""Analyse a table of answers, and draw samples: for an analyst; needs no data and no site.

A table has a header and a row for each person, .csv or .xlsx. A cell holds the category or points reached, a whole
number from 0 up; an empty cell was not presented, "-" was omitted. Results are written as CSV to standard output or
to the file that --out names, what has to be known of them to standard error. Methods: docs/methods.
"""

import argparse
import sys
from pathlib import Path

from xietong.web.commands.quant import analysing, drawing

WITHOUT_DJANGO = True


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    items = verbs.add_parser("items", help="difficulty, discrimination and reliability, without a model")
    table(items)
    items.set_defaults(verb_does=analysing.items)
    calibrate = verbs.add_parser("calibrate", help="item parameters by marginal maximum likelihood")
    table(calibrate)
    calibrate.add_argument(
        "--model",
        default="2pl",
        metavar="MODEL[,MODEL…]",
        help="rasch, 2pl, 3pl, grm, pcm or gpcm; one, or one an item",
    )
    calibrate.add_argument("--group", metavar="COLUMN", help="populations with mean and spread of their own")
    calibrate.add_argument("--prior", metavar="A,B", help="beta prior of the lower asymptotes; none unless given")
    calibrate.set_defaults(verb_does=analysing.calibration)
    score = verbs.add_parser("score", help="the ability of each person, with its error")
    table(score)
    score.add_argument("--parameters", type=Path, required=True, metavar="FILE", help="what calibrate wrote")
    score.add_argument(
        "--method", choices=("eap", "wle"), default="eap", help="eap: all are of N(0, 1); wle: of no population"
    )
    score.set_defaults(verb_does=analysing.scores)
    fit = verbs.add_parser("fit", help="whether the items behave as their model says (S-X2)")
    table(fit)
    fit.add_argument("--parameters", type=Path, required=True, metavar="FILE", help="what calibrate wrote")
    fit.set_defaults(verb_does=analysing.fit)
    compare = verbs.add_parser("compare", help="whether items treat two groups of equals unlike (Mantel-Haenszel)")
    table(compare)
    compare.add_argument("--group", required=True, metavar="COLUMN", help="which group a person belongs to")
    compare.add_argument(
        "--focal", required=True, metavar="NAME", help="the group of interest; the rest is compared with"
    )
    compare.add_argument(
        "--purify", action="store_true", help="match a second time without the items that came out C"
    )
    compare.set_defaults(verb_does=analysing.compared)
    sample = verbs.add_parser("sample", help="draw schools in proportion to their size, and pupils of each")
    sample.add_argument("file", type=Path, help="a table of schools")
    sample.add_argument("--id", required=True, metavar="COLUMN", help="names the schools")
    sample.add_argument("--size", required=True, metavar="COLUMN", help="pupils of the grade")
    sample.add_argument("--stratum", metavar="COLUMN", help="left out, all schools are one")
    sample.add_argument("--schools", required=True, metavar="N|NAME=N,…", help="how many of each stratum")
    sample.add_argument(
        "--pupils", type=int, default=30, metavar="N", help="how many of each school, or all of fewer"
    )
    sample.add_argument("--seed", type=int, required=True, help="any whole number; the same draws the same")
    sample.add_argument("--out", type=Path, metavar="FILE")
    sample.set_defaults(verb_does=drawing.sampled)
    link = verbs.add_parser("link", help="carry one calibration onto the scale of another, by common items")
    link.add_argument("source", type=Path, help="what calibrate wrote")
    link.add_argument("target", type=Path, help="the same, on the scale to be reached")
    link.add_argument("--method", choices=analysing.LINKS, default="stocking-lord")
    link.add_argument("--out", type=Path, metavar="FILE")
    link.set_defaults(verb_does=analysing.linked)


def table(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--id", metavar="COLUMN", help="names the persons; left out, they are numbered")
    parser.add_argument("--weight", metavar="COLUMN", help="how many persons a row stands for")
    parser.add_argument(
        "--items", metavar="COLUMN[,COLUMN…]", help="left out, all columns that are not named otherwise"
    )
    parser.add_argument(
        "--omitted", choices=("wrong", "unknown"), default="wrong", help="what an omitted answer counts"
    )
    parser.add_argument("--out", type=Path, metavar="FILE")


def execute(args: argparse.Namespace) -> int:
    try:
        notes = args.verb_does(args)
    except (OSError, ValueError) as refusal:
        print(f"{refusal}", file=sys.stderr)  # noqa: T201
        return 1
    for note in notes:
        print(note, file=sys.stderr)  # noqa: T201
    return 0
