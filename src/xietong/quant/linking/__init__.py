"""Scores and abilities from different forms, brought onto one scale through what the forms or the groups share.

Constants of linear transformations from common items of separate calibrations (mean/mean, mean/sigma, Haebara,
Stocking–Lord), their errors, items that drifted; and equating of observed scores.
"""

from xietong.quant.items import Items, Kind, items_of
from xietong.quant.linking.curves import Fitted, haebara, stocking_lord
from xietong.quant.linking.drift import Anchor, Gaps, Removal, gaps, robust_z, without_drift
from xietong.quant.linking.errors import Errors, drawn_errors, parameters_of, refitted_errors
from xietong.quant.linking.moments import mean_mean, mean_sigma
from xietong.quant.linking.nodes import Nodes, nodes_of, normal_nodes
from xietong.quant.linking.nonequivalent import Equated, braun_holland, levine, tucker
from xietong.quant.linking.random_groups import equipercentile, linear_equating, mean_equating
from xietong.quant.linking.scores import Line, Moments
from xietong.quant.responding import expected_scores, probabilities
from xietong.quant.scale import Constants

__all__ = [
    "Anchor",
    "Constants",
    "Equated",
    "Errors",
    "Fitted",
    "Gaps",
    "Items",
    "Kind",
    "Line",
    "Moments",
    "Nodes",
    "Removal",
    "braun_holland",
    "drawn_errors",
    "equipercentile",
    "expected_scores",
    "gaps",
    "haebara",
    "items_of",
    "levine",
    "linear_equating",
    "mean_equating",
    "mean_mean",
    "mean_sigma",
    "nodes_of",
    "normal_nodes",
    "parameters_of",
    "probabilities",
    "refitted_errors",
    "robust_z",
    "stocking_lord",
    "tucker",
    "without_drift",
]
