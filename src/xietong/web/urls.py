"""Every address of the site."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from allauth.usersessions import views as devices
from django.urls import include, path

from xietong.web import api
from xietong.web.views import account as mine
from xietong.web.views import (
    administration,
    approvals,
    calendar,
    channels,
    feedback,
    health,
    home,
    phrases,
    tokens,
    transfer,
    units,
)

handler400 = "xietong.kit.pages.errors.bad_request"
handler403 = "xietong.kit.pages.errors.forbidden"
handler404 = "xietong.kit.pages.errors.not_found"
handler500 = "xietong.kit.pages.errors.server_error"

urlpatterns = [
    path("", home.workbench, name="home"),
    path("role/", mine.role, name="role"),
    path("language/", mine.language, name="set_language"),
    path("outdated/", health.outdated, name="outdated"),
    path("feedback/", feedback.feedback, name="feedback"),
    path("feedback/received/", feedback.received, name="feedback_received"),
    path("feedback/received/<int:pk>/", feedback.received_one, name="feedback_received_one"),
    path("feedback/received/<int:pk>/answer/", feedback.answer_one, name="feedback_answer"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("demo/", home.demo, name="demo"),
    # what waits for one's signature
    path("approvals/", approvals.approvals, name="approvals"),
    path("approvals/<int:pk>/", approvals.approval, name="approval"),
    path("approvals/<int:pk>/withdraw/", approvals.withdraw, name="approval_withdraw"),
    path("approvals/stages/<int:pk>/agree/", approvals.agree, name="stage_agree"),
    path("approvals/stages/<int:pk>/send-back/", approvals.send_back, name="stage_send_back"),
    path("approvals/stages/<int:pk>/reassign/", approvals.reassign, name="stage_reassign"),
    path("approvals/stages/<int:pk>/rescue/", approvals.rescue, name="stage_rescue"),
    path("approvals/stages/<int:pk>/add/", approvals.add_signer, name="stage_add"),
    path("approvals/stages/<int:pk>/paper/", approvals.paper, name="stage_paper"),
    path("approvals/routes/", approvals.routes, name="routes"),
    path("approvals/routes/<str:form>/", approvals.route, name="route"),
    # one's own account
    path("account/", mine.account, name="account"),
    path("account/mail/", channels.own_mail, name="account_mail"),
    path("account/type/", mine.large_type, name="large_type"),
    path("account/views/new/", mine.view_save, name="view_save"),
    path("account/views/<int:pk>/delete/", mine.view_delete, name="view_delete"),
    path("account/tokens/", tokens.tokens, name="tokens"),
    path("account/tokens/new/", tokens.token_make, name="token_make"),
    path("account/tokens/<int:pk>/revoke/", tokens.token_revoke, name="token_revoke"),
    path("account/phrases/", phrases.phrases, name="phrases"),
    path("account/phrases/new/", phrases.phrase_add, name="phrase_add"),
    path("account/phrases/<int:pk>/drop/", phrases.phrase_drop, name="phrase_drop"),
    path("account/login/", account.login, name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/signup/", account.signup, name="account_signup"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/password/set/", account.password_set, name="account_set_password"),
    path("account/factor/", mfa.index, name="mfa_index"),
    path("account/factor/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("account/factor/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/factor/trust/", mfa.trust, name="mfa_trust"),
    path("account/factor/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/factor/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/factor/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/factor/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/factor/codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("account/devices/", devices.list_usersessions, name="usersessions_list"),
    path("account/oidc/<str:provider_id>/login/", oidc.login, name="openid_connect_login"),
    path("account/oidc/<str:provider_id>/login/callback/", oidc.callback, name="openid_connect_callback"),
    path("account/social/signup/", social.signup, name="socialaccount_signup"),
    path("account/social/", social.connections, name="socialaccount_connections"),
    path("account/social/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("account/social/error/", social.login_error, name="socialaccount_login_error"),
    # messages, files, downloads
    path("inbox/", transfer.inbox, name="notices"),
    path("inbox/read/", transfer.inbox_read_all, name="notices_read"),
    path("inbox/<int:pk>/", transfer.inbox_open, name="notice"),
    path("channels/", channels.channels, name="channels"),
    path("channels/deliveries/again/", channels.again, name="deliveries_again"),
    path("channels/<str:kind>/", channels.channel, name="channel"),
    path("channels/<str:kind>/secret/", channels.secret, name="channel_secret"),
    path("channels/<str:kind>/test/", channels.test, name="channel_test"),
    path("downloads/", transfer.downloads, name="downloads"),
    path("downloads/<int:pk>/", transfer.download_result, name="download_result"),
    path("downloads/<int:pk>/cancel/", transfer.download_cancel, name="download_cancel"),
    path("downloads/<int:pk>/retry/", transfer.download_retry, name="download_retry"),
    path("files/uploads/", transfer.upload_start, name="uploads"),
    path("files/uploads/<str:pk>/", transfer.upload, name="upload"),
    path("files/<int:pk>/", transfer.file, name="file"),
    path("files/<int:pk>/thumbnail/", transfer.thumbnail, name="file_thumbnail"),
    # pages that join areas
    path("units/<int:pk>/", units.unit, name="unit"),
    path("calendar/feed/", calendar.feed, name="feed"),
    path("calendar/feed/end/", calendar.feed_end, name="feed_end"),
    path("calendar/<str:token>.ics", calendar.feed_ics, name="feed_ics"),
    # the three administrators
    path("system/", administration.system, name="system"),
    path("system/queue/", administration.queue, name="queue"),
    path("system/queue/<int:pk>/retry/", administration.job_retry, name="job_retry"),
    path("security/", administration.security, name="security"),
    path("security/<int:pk>/lock/", administration.account_lock, name="account_lock"),
    path("security/<int:pk>/tokens/", administration.account_tokens, name="account_tokens"),
    path("audit/", administration.audit, name="audit"),
    path("rules/", administration.rules, name="rules"),
    path("rules/<int:pk>/", administration.rule, name="rule"),
    path("rules/<int:pk>/set/", administration.rule_set, name="rule_set"),
    path("rules/<int:pk>/give-up/", administration.rule_give_up, name="rule_give_up"),
    # programs
    path("api/v1/openapi.json", api.openapi, name="api_schema"),
    path("api/v1/docs", api.docs, name="api_docs"),
    *api.URLS,
    # areas
    path("orgs/", include("xietong.areas.orgs.urls")),
    path("people/", include("xietong.areas.people.urls")),
    path("mechanisms/", include("xietong.areas.mechanisms.urls")),
    path("places/", include("xietong.areas.places.urls")),
    path("indicators/", include("xietong.areas.indicators.urls")),
    path("plans/", include("xietong.areas.plans.urls")),
    path("dispatch/", include("xietong.areas.dispatch.urls")),
]
