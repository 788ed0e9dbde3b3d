"""Numbers in, numbers out: the pure floor of measurement and planning methods.

Nothing here knows Django, files, clocks, networks or hidden randomness (import contract "pure").
"""
