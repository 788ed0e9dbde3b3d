"""配套制度 (mechanisms): the rules that a plan asks for, from a draft to the day on which they end.

Words: 制度 text of rules, 版本 edition, 征求意见 round of opinions, 印发 enact, 签收 acknowledge, 废止 repeal.
"""
