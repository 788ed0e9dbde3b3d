"""How much and how long."""

from datetime import timedelta

MEBIBYTE = 1024 * 1024

MOST_BYTES = 50 * MEBIBYTE
"""One file."""

CHUNK = 256 * 1024
"""What the browser is asked to send at a time."""

MOST_CHUNK = MEBIBYTE
"""What is accepted at a time: it is held in memory."""

MOST_OPEN = 20
"""Unfinished uploads of one account."""

ALLOWED_BYTES = 20 * 1024 * MEBIBYTE
"""What a county may keep, unless its row says otherwise."""

OPEN_FOR = timedelta(days=1)
"""After its last chunk an unfinished upload can be resumed for so long."""

DONE_FOR = timedelta(days=7)
"""A finished upload waits for so long for its form to be sent: a draft may lie over a week-end."""
