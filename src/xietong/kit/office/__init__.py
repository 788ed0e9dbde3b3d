"""LibreOffice, where it is installed: one file made into another kind.

A document may name pictures and texts of other machines, and LibreOffice fetches them: the profile forbids
links and macros and leads every request to a closed port, and where the system lets us, the program runs
without any network. What it makes is as untrusted as what it was made from.
"""

from xietong.kit.office.running import (
    MEMORY_MB,
    SECONDS,
    VARIABLE,
    Absent,
    Failed,
    Kind,
    Stalled,
    converted,
    installed,
)

__all__ = ["MEMORY_MB", "SECONDS", "VARIABLE", "Absent", "Failed", "Kind", "Stalled", "converted", "installed"]
