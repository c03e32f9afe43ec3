package org.hearthwatch.notifier.webhook.section;

/** Texts of services that Alertmanager does not have: a line for a title, and what happened for a person to read. */
public final class Templates {

    /** One line. */
    public static final String TITLE = "{{ if eq .Status \"firing\" }}{{ if gt (len .Alerts.Firing) 1 }}"
            + "{{ len .Alerts.Firing }} alerts{{ else }}Alert{{ end }}{{ else }}Resolved{{ end }}:"
            + "{{ with .CommonLabels.alertname }} {{ . }}{{ else }}{{ range .GroupLabels.SortedPairs }} {{ .Value }}{{ end }}"
            + "{{ end }}{{ with .CommonLabels.instance }} on {{ . }}{{ end }}";

    /** What is wrong, what it means, what to do; then what is no longer wrong. */
    public static final String TEXT = "{{ range .Alerts.Firing }}"
            + "{{ with .Annotations.summary }}{{ . }}{{ else }}{{ .Labels.alertname }}{{ end }}\n"
            + "{{ with .Annotations.description }}{{ . }}\n{{ end }}"
            + "{{ with .Annotations.runbook }}{{ . }}\n{{ end }}"
            + "since {{ .StartsAt.Format \"2006-01-02 15:04 MST\" }}\n"
            + "{{ end }}"
            + "{{ if .Alerts.Resolved }}{{ if .Alerts.Firing }}\n{{ end }}Resolved:\n{{ end }}"
            + "{{ range .Alerts.Resolved }}"
            + "{{ with .Annotations.summary }}{{ . }}{{ else }}{{ .Labels.alertname }}{{ end }}\n"
            + "{{ end }}";

    private Templates() {}
}
