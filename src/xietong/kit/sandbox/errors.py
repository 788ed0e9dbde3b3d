"""What is said when a file cannot be read: a marked Chinese sentence that tells the user what to do next.

``Unreadable`` is the base, so that a page needs one ``except``: a file that exhausts or kills its reader is
an unreadable file too. Like every refusal that reaches a person it is a ``Refused``.
"""

from xietong.kit.errors import Refused
from xietong.kit.marking import gettext_noop


class Unreadable(Refused):
    """The file cannot be read; ``message`` is the sentence, as text it is in the language of the reader."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        from xietong.kit.words import said  # noqa: PLC0415  the child never says it and loads no Django

        return said(self.message)


class SandboxError(Unreadable):
    """The child did not survive the file; ``detail`` is for the log, never for the page."""

    default = gettext_noop("文件无法处理。")

    def __init__(self, detail: str = "") -> None:
        super().__init__(self.default)
        self.detail = detail


class TooLarge(SandboxError):
    """The child asked for more memory than it may have."""

    default = gettext_noop("文件展开后过大，超出处理上限；请拆分或压缩内容后再上传。")


class TooSlow(SandboxError):
    """The child ran out of processor or wall time."""

    default = gettext_noop("文件处理超时；请拆分或简化内容后再上传。")


class Crashed(SandboxError):
    """The child died, or the function failed in a way it did not foresee."""

    default = gettext_noop("文件无法读取，可能已损坏；请用原来的软件打开并另存一份后再上传。")
