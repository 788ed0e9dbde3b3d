"""The tables of messages: the inbox itself, the channels beyond it, and what was sent through them."""

from xietong.kit.notices.models.channel import Channel
from xietong.kit.notices.models.delivery import Delivery
from xietong.kit.notices.models.notice import Notice

__all__ = ["Channel", "Delivery", "Notice"]
