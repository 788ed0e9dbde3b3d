"""Routes of approval: one to four steps per county and form, each step answered by whoever holds a role.

An area registers its form with a default route (`forms.register`), starts an approval for one of its rows
and hears of the outcome by the event `Settled`.
"""
