"""Sampled monitoring: drawing schools, pupils and booklets, weighting them, and the errors that follow.

Also how much of the variance lies between schools, and how far a school lies from what its pupils let expect.
docs/methods/sampling.md tells the methods.
"""

from xietong.quant.sampling.balance import imbalances, misplacements
from xietong.quant.sampling.booklets import Design, balanced_design
from xietong.quant.sampling.effects import MeanEffect, clustering_effect, mean_effect
from xietong.quant.sampling.jackknife import Combined, Estimate, combined, jackknife
from xietong.quant.sampling.multilevel import Multilevel, multilevel
from xietong.quant.sampling.pairing import zones
from xietong.quant.sampling.presenting import assign_booklets, in_booklets, presented
from xietong.quant.sampling.replication import Replicates, jk1, jk2, jkn
from xietong.quant.sampling.selection import Pupils, Schools, select_pupils, select_schools
from xietong.quant.sampling.trimming import Trimmed, effective_size, trimmed, weighting_effect
from xietong.quant.sampling.weights import Weights, base_weights, pupil_weights, response_factors

__all__ = [
    "Combined",
    "Design",
    "Estimate",
    "MeanEffect",
    "Multilevel",
    "Pupils",
    "Replicates",
    "Schools",
    "Trimmed",
    "Weights",
    "assign_booklets",
    "balanced_design",
    "base_weights",
    "clustering_effect",
    "combined",
    "effective_size",
    "imbalances",
    "in_booklets",
    "jackknife",
    "jk1",
    "jk2",
    "jkn",
    "mean_effect",
    "misplacements",
    "multilevel",
    "presented",
    "pupil_weights",
    "response_factors",
    "select_pupils",
    "select_schools",
    "trimmed",
    "weighting_effect",
    "zones",
]
