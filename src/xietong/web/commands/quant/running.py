"""Runs one verb: refuses before it counts what it could not write, tells what it does, and writes all or nothing."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from xietong.web.commands.quant.findings import Findings
from xietong.web.commands.quant.telling import tell, timed
from xietong.web.commands.quant.words import Say, words_of
from xietong.web.commands.quant.writing import json_of, page_of, refuse_existing, workbook_of, write_files

UNSOUND = 3


def report(args: argparse.Namespace, does: Callable[[argparse.Namespace, Say], Findings]) -> int:
    """Counts and writes NAME.xlsx and NAME.html, or prints JSON."""
    gettext = words_of(args.language)
    paths = paths_of(args)
    refuse_existing(paths, force=args.force)
    findings = does(args, gettext)
    if paths:
        with timed("written"):
            contents = (workbook_of(findings, gettext), page_of(findings, gettext, args.language).encode())
            write_files(dict(zip(paths, contents, strict=True)))
        tell(*(f"{path}" for path in paths))
    tell(*(f"{fact.label}: {fact.text}" for fact in findings.facts), *findings.remarks)
    if args.json:
        sys.stdout.write(json_of(findings) + "\n")
    if not findings.is_sound:
        tell("NOT CONVERGED: these are no estimates")
    return 0 if findings.is_sound else UNSOUND


def paths_of(args: argparse.Namespace) -> list[Path]:
    """NAME.xlsx and NAME.html, or the name of the file that was read with the verb behind it."""
    if args.out is None and args.json:
        return []
    read = Path((args.source if args.verb == "link" else args.file).name)
    stem = read.with_name(f"{read.stem}-{args.verb}") if args.out is None else args.out
    stem = stem.with_suffix("") if stem.suffix in {".xlsx", ".html"} else stem
    return [stem.with_name(f"{stem.name}.{kind}") for kind in ("xlsx", "html")]


def score(args: argparse.Namespace, does: Callable[[argparse.Namespace], str]) -> int:
    paths = [] if args.out is None else [args.out]
    refuse_existing(paths, force=args.force)
    text = does(args)
    if paths:
        write_files({args.out: text.encode("utf-8-sig")})
    else:
        sys.stdout.write(text)
    return 0
