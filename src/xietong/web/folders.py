"""Where an installation keeps its things. Free of Django: the keys command must work before there are settings."""

import os
from pathlib import Path

HOME = Path(os.environ.get("XIETONG_HOME", "var")).resolve()
KEYRING = Path(os.environ.get("XIETONG_KEYRING", HOME / "keys" / "keyring.json"))
