"""The shape of what this area asks for."""

from xietong.areas.indicators.forms.balance import EntryForm, TermsForm, WhatIfForm
from xietong.areas.indicators.forms.dictionary import IndicatorChangeForm, IndicatorForm, RetireForm, TargetForm
from xietong.areas.indicators.forms.reporting import CorrectForm, ReasonForm, ReportForm, VerdictForm
