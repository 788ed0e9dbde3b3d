"""What monthly dispatch puts on the pages that join areas."""

from xietong.areas.dispatch.panels.documents import document_todos
from xietong.areas.dispatch.panels.meetings import last_decided, meeting_todos, unit_decisions
from xietong.areas.dispatch.panels.months import month, month_todos
