"""What each verb of `xietong quant` counts and writes; gives what has to be said beside it."""

import argparse
from typing import TYPE_CHECKING

from xietong.quant.items import Items
from xietong.web.commands.quant.tables import (
    STEPS,
    Answers,
    answers_of,
    as_in_file,
    in_names_of_file,
    parameters_of,
    write,
)

if TYPE_CHECKING:
    from xietong.quant.irt import Errors

PLACES = 6
LINKS = ("stocking-lord", "haebara", "mean-sigma", "mean-mean")


def read(args: argparse.Namespace, group: str | None = None) -> Answers:
    return answers_of(
        args.file, person=args.id, weight=args.weight, group=group, items=args.items, omitted=args.omitted
    )


def items(args: argparse.Namespace) -> list[str]:
    """Difficulty and discrimination of each item, and the reliability of the paper."""
    from xietong.quant import classical  # noqa: PLC0415  (only what the verb needs is loaded)

    answers = read(args)
    found = classical.items(answers.responses)
    whole = classical.reliability(answers.responses)
    columns = (found.presented, found.difficulty, found.discrimination, found.item_rest, whole.without)
    write(
        ("item", "persons", "difficulty", "discrimination", "item_rest", "alpha_without"),
        ([name, *rounded(*(one[place] for one in columns))] for place, name in enumerate(answers.items)),
        args.out,
    )
    persons = answers.responses.weights.sum()
    return [
        f"{persons:g} persons, {len(answers.items)} items, difficulty of the paper {found.paper:.4f}",
        f"alpha {whole.alpha:.4f} ({whole.lower:.4f} to {whole.upper:.4f}), error of measurement {whole.sem:.4f}",
    ]


def calibration(args: argparse.Namespace) -> list[str]:
    """Parameters of items and populations with their errors."""
    from xietong.quant.irt import Beta, calibrate, standard_errors  # noqa: PLC0415

    answers = read(args, args.group)
    models = args.model.split(",")
    prior = None if args.prior is None else Beta(*prior_of(args.prior))
    with in_names_of_file(answers.items):
        found = calibrate(
            answers.responses, models[0] if len(models) == 1 else models, groups=answers.groups,
            n_groups=len(answers.group_names), lower_prior=prior,
        )  # fmt: skip
    errors = standard_errors(found, answers.responses, groups=answers.groups, lower_prior=prior)
    columns = parameter_columns(found.items)
    told = zip(parameter_rows(answers.items, found.items), range(len(answers.items)), strict=True)
    rows = ([*row, *figures_of(errors, item)] for row, item in told)
    write([*columns, *(f"{one}_error" for one in columns[2:])], rows, args.out)
    notes = [
        f"{found.persons:g} persons, {len(answers.items)} items, {found.n_parameters} parameters",
        f"log-likelihood {found.log_likelihood:.4f}, {found.cycles} cycles, derivatives below {found.gradient:.1e}",
    ]
    if len(answers.group_names) > 1:
        notes += [
            f"{name}: mean {mean:.4f}, standard deviation {sd:.4f}"
            for name, mean, sd in zip(answers.group_names, found.means, found.sds, strict=True)
        ]
    if not found.converged:
        notes.append("NOT CONVERGED: these are no estimates")
    return [*notes, *as_in_file(found.message, answers.items).split("; ")] if found.message else notes


def fit(args: argparse.Namespace) -> list[str]:
    """S-X2 of each item."""
    from xietong.quant.irt import item_fit  # noqa: PLC0415

    answers, own = known(args)
    with in_names_of_file(answers.items):
        found = item_fit(answers.responses, own)
    rows = zip(answers.items, found.statistic, found.freedom, found.p, strict=True)
    write(("item", "s_x2", "freedom", "p"), ([name, *rounded(*of_item)] for name, *of_item in rows), args.out)
    return [f"{found.complete} rows with an answer to every item were judged"]


def compared(args: argparse.Namespace) -> list[str]:
    """What each item does to the focal group, beside their equals in the others."""
    from xietong.quant.classical import functioning  # noqa: PLC0415

    answers = read(args, args.group)
    if args.focal not in answers.group_names:
        raise ValueError(f"there is no group {args.focal}; there are {', '.join(answers.group_names)}")
    focal = answers.groups == answers.group_names.index(args.focal)
    with in_names_of_file(answers.items):
        found = functioning(answers.responses, focal.astype(int), purify=args.purify)
    columns = (found.odds_ratio, found.delta, found.delta_error, found.chi_square, found.p, found.difference)
    rows = (
        [name, found.classes[item], *rounded(*(one[item] for one in columns))]
        for item, name in enumerate(answers.items)
    )
    header = ("item", "class", "odds_ratio", "delta", "delta_error", "chi_square", "p", "difference")
    write(header, rows, args.out)
    return []


def scores(args: argparse.Namespace) -> list[str]:
    """The ability of each person, with its error."""
    from xietong.quant.irt import eap, wle  # noqa: PLC0415

    answers, own = known(args)
    with in_names_of_file(answers.items):
        found = (eap if args.method == "eap" else wle)(answers.responses, own)
    rows = zip(answers.persons, found.value, found.error, strict=True)
    write(("person", "ability", "error"), ([name, *rounded(*of_person)] for name, *of_person in rows), args.out)
    return []


def known(args: argparse.Namespace) -> tuple[Answers, Items]:
    """Answers to the items that have an estimate, and what `calibrate` wrote of those."""
    answers = read(args)
    names, parameters = parameters_of(args.parameters, answers.items)
    return answers.of_items(names), parameters


def linked(args: argparse.Namespace) -> list[str]:
    """The items of the source on the scale of the target, and the constants that carry them there."""
    from xietong.quant import linking  # noqa: PLC0415

    (names, source), (others, target) = (parameters_of(one) for one in (args.source, args.target))
    common = [name for name in names if name in others]
    pair = source.take([names.index(one) for one in common]), target.take([others.index(one) for one in common])
    if args.method in {"mean-sigma", "mean-mean"}:
        constants = (linking.mean_sigma if args.method == "mean-sigma" else linking.mean_mean)(*pair)
        notes = []
    else:
        curves = linking.stocking_lord if args.method == "stocking-lord" else linking.haebara
        nodes = linking.normal_nodes()
        fitted = curves(*pair, nodes, nodes)
        constants = fitted.constants
        notes = [f"criterion {fitted.criterion:.3g}"] + ([] if fitted.converged else ["NOT CONVERGED"])
    moved = source.transformed(constants)
    write(parameter_columns(moved), parameter_rows(names, moved), args.out)
    return [f"{len(common)} common items: A {constants.stretch:.6f}, B {constants.shift:.6f}", *notes]


def prior_of(text: str) -> tuple[float, float]:
    try:
        alpha, beta = map(float, text.split(","))
    except ValueError as error:
        raise ValueError(f"--prior {text}: two numbers are needed, such as 5,17") from error
    return alpha, beta


def parameter_columns(found: Items) -> list[str]:
    return ["item", "kind", "slope", "lower", *(f"{STEPS}{step + 1}" for step in range(found.intercepts.shape[1]))]


def parameter_rows(names: tuple[str, ...], found: Items) -> list[list[object]]:
    return [[name, found.kinds[item].value, *figures_of(found, item)] for item, name in enumerate(names)]


def figures_of(found: "Items | Errors", item: int) -> list[float]:
    return rounded(found.slopes[item], found.lower[item], *found.intercepts[item])


def rounded(*values: float) -> list[float]:
    return [round(float(value), PLACES) for value in values]
