"""What can go wrong with a keyring. No message ever holds key bytes or plaintext."""

from pathlib import Path


class KeyringError(Exception):
    """The common ancestor, for callers that treat every failure alike."""


class KeyMissing(KeyringError):
    """The ring has no such key: the wrong file, or a copy older than the data."""


class Tampered(KeyringError):
    """The content was changed, moved to another context, or sealed with another key or passphrase."""


class KeyringDamaged(KeyringError):
    """The file exists but is no keyring. It is left as it is, for whoever repairs it."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"密钥文件 {path} 已损坏，无法读取。请从密钥备份恢复；切勿删除后重新生成，否则已加密的数据将无法解密。"
        )


class KeyringExists(KeyringError):
    """A ring is never overwritten by a restored one."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"密钥文件 {path} 已存在，不会覆盖。如确需恢复，请先将其改名保存。")


class KeyringExposed(KeyringError):
    """Others on this machine can read the keys, or replace them."""


class WeakPassphrase(KeyringError):
    """A passphrase too short to protect a sheet of paper."""

    def __init__(self, shortest: int) -> None:
        super().__init__(f"口令太短：至少 {shortest} 个字符。")
