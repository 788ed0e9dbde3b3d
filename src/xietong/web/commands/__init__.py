"""One module a command: `arguments(parser)` says what it takes, `execute(args)` does it.

Imports of Django and of areas stand inside `execute`, so that `--help` answers without them.
"""
