"""学位: how many school places there are and will be needed.

Births and housing, the places that schools have and projects add, forecasts under assumptions that a leader
approves. Stands on the yearly register of `orgs` and the staff ratios of `people`.
"""
