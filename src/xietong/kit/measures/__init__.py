"""Facts that areas publish by name: how much there is of something, at which school, in which stage and period."""
