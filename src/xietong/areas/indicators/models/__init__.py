"""The tables of indicators: what is counted, what is aimed at, what came out, and what was reported upward."""

from xietong.areas.indicators.models.balance import BalanceEntry, WhatIf
from xietong.areas.indicators.models.indicator import Indicator, Section, Target
from xietong.areas.indicators.models.reading import Lock, Reading, ReadingChange, Reported, ReportedTotal
