package org.hearthwatch.alert.config;

import java.util.Set;

/** What the sections of receivers and the global section are called in Alertmanager 0.34. */
final class Sections {

    /** Ways to reach people: Alertmanager's, and those that our own channels have beside them. */
    static final Set<String> RECEIVERS = Set.of(
            "discord_configs",
            "email_configs",
            "incidentio_configs",
            "jira_configs",
            "mattermost_configs",
            "msteams_configs",
            "msteamsv2_configs",
            "opsgenie_configs",
            "pagerduty_configs",
            "pushover_configs",
            "rocketchat_configs",
            "slack_configs",
            "sns_configs",
            "telegram_configs",
            "victorops_configs",
            "webex_configs",
            "webhook_configs",
            "wechat_configs",
            "apprise_configs",
            "gotify_configs",
            "matrix_configs",
            "ntfy_configs",
            "signal_configs");

    /** Those that are not told of the end of alerts unless they ask for it. */
    static final Set<String> SILENT_ABOUT_RESOLVED =
            Set.of("email_configs", "slack_configs", "wechat_configs", "rocketchat_configs");

    static final Set<String> GLOBAL = Set.of(
            "resolve_timeout",
            "http_config",
            "jira_api_url",
            "smtp_from",
            "smtp_hello",
            "smtp_smarthost",
            "smtp_auth_username",
            "smtp_auth_password",
            "smtp_auth_password_file",
            "smtp_auth_secret",
            "smtp_auth_secret_file",
            "smtp_auth_identity",
            "smtp_require_tls",
            "smtp_tls_config",
            "smtp_force_implicit_tls",
            "slack_api_url",
            "slack_api_url_file",
            "slack_app_token",
            "slack_app_token_file",
            "slack_app_url",
            "pagerduty_url",
            "opsgenie_api_url",
            "opsgenie_api_key",
            "opsgenie_api_key_file",
            "wechat_api_url",
            "wechat_api_secret",
            "wechat_api_secret_file",
            "wechat_api_corp_id",
            "victorops_api_url",
            "victorops_api_key",
            "victorops_api_key_file",
            "telegram_api_url",
            "telegram_bot_token",
            "telegram_bot_token_file",
            "webex_api_url",
            "rocketchat_api_url",
            "rocketchat_token",
            "rocketchat_token_file",
            "rocketchat_token_id",
            "rocketchat_token_id_file",
            "mattermost_webhook_url",
            "mattermost_webhook_url_file");

    private Sections() {}
}
