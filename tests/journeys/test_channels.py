"""The office connects its group: address, what to tell, a test that shows by itself how it went."""

from typing import Any

import pytest
from django.urls import reverse

from tests import build, planning
from tests.journeys.acting import sign_in, with_password
from tests.kit.channel_rows import send_due
from tests.kit.channel_servers import HOST, KEY, RobotServer, robot_server
from xietong.kit.clock.time import machine_now
from xietong.kit.notices.models import Channel

pytestmark = [pytest.mark.browser, pytest.mark.once]


def test_the_office_connects_its_group(page_desk: Any, settings: Any) -> None:
    planning.rules()
    cast, page = build.cast(), page_desk
    with robot_server(RobotServer()) as robot:
        settings.CHANNEL_HOSTS = {"mail": [], "wecom": [f"http://{HOST}:{robot.port}"]}
        sign_in(page, "office", with_password(cast.office, "office"))
        page.goto(reverse("channels"))
        page.get_by_role("link", name="设置 Webhook 地址").click()
        page.get_by_label("Webhook 地址").fill(f"http://{HOST}:{robot.port}/cgi-bin/webhook/send?key={KEY}")
        page.get_by_role("button", name="保存").click()
        page.get_by_role("link", name="设定 企业微信群机器人").click()
        page.get_by_label("填报待审核").check()
        page.get_by_label("开启群提醒").check()
        page.get_by_role("button", name="保存").click()
        assert page.get_by_text("已开启").is_visible()
        page.get_by_role("button", name="发送测试消息 企业微信群机器人").click()
        page.get_by_role("cell", name="待发送").wait_for()
        assert send_due(machine_now()) == ["sent"]
        page.get_by_role("cell", name="已发送").wait_for(timeout=8000)

    row = Channel.objects.get()
    assert (row.county_id, row.is_on, row.kinds, len(robot.texts)) == (cast.county.pk, True, ["plans.report"], 1)
