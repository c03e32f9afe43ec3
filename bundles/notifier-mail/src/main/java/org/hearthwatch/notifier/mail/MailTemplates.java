package org.hearthwatch.notifier.mail;

/** Texts of mails that nobody wrote otherwise. */
public final class MailTemplates {

    /** Status, what and where. */
    public static final String SUBJECT =
            "{{ if eq .Status \"firing\" }}[{{ len .Alerts.Firing }} firing]{{ else }}[resolved]{{ end }}"
                    + "{{ with .CommonLabels.alertname }} {{ . }}{{ else }}{{ range .GroupLabels.SortedPairs }} {{ .Value }}{{ end }}"
                    + "{{ end }}{{ with .CommonLabels.instance }} on {{ . }}{{ end }}";

    public static final String TEXT = "{{ range .Alerts.Firing }}"
            + "{{ with .Annotations.summary }}{{ . }}{{ else }}{{ .Labels.alertname }}{{ end }}\n"
            + "{{ with .Annotations.description }}{{ . }}\n{{ end }}"
            + "{{ with .Annotations.runbook }}What to do: {{ . }}\n{{ end }}"
            + "{{ range .Labels.SortedPairs }}  {{ .Name }} = {{ .Value }}\n{{ end }}"
            + "  since {{ .StartsAt.Format \"2006-01-02 15:04 MST\" }}\n"
            + "{{ with .GeneratorURL }}  {{ . }}\n{{ end }}\n{{ end }}"
            + "{{ if .Alerts.Resolved }}Resolved:\n{{ end }}{{ range .Alerts.Resolved }}"
            + "{{ with .Annotations.summary }}{{ . }}{{ else }}{{ .Labels.alertname }}{{ end }}\n{{ end }}"
            + "{{ with .ExternalURL }}\n{{ . }}\n{{ end }}";

    public static final String HTML = "<div style=\"font-family:sans-serif;max-width:40em\">"
            + "{{ range .Alerts.Firing }}<div style=\"border-left:4px solid"
            + " {{ if eq .Labels.severity \"critical\" }}#b3261e{{ else }}#c77700{{ end }};padding:0 0 0 12px;margin:0 0 20px\">"
            + "<h3 style=\"margin:0 0 4px\">"
            + "{{ with .Annotations.summary }}{{ . }}{{ else }}{{ .Labels.alertname }}{{ end }}</h3>"
            + "{{ with .Annotations.description }}<p style=\"margin:0 0 8px\">{{ . }}</p>{{ end }}"
            + "{{ with .Annotations.runbook }}<p style=\"margin:0 0 8px\"><b>What to do:</b> {{ . }}</p>{{ end }}"
            + "<table style=\"font-size:85%;color:#555\">{{ range .Labels.SortedPairs }}"
            + "<tr><td>{{ .Name }}</td><td>{{ .Value }}</td></tr>{{ end }}"
            + "<tr><td>since</td><td>{{ .StartsAt.Format \"2006-01-02 15:04 MST\" }}</td></tr></table></div>{{ end }}"
            + "{{ range .Alerts.Resolved }}<div style=\"border-left:4px solid #2e7d32;padding:0 0 0 12px;margin:0 0 12px\">"
            + "Resolved: {{ with .Annotations.summary }}{{ . }}{{ else }}{{ .Labels.alertname }}{{ end }}</div>{{ end }}"
            + "</div>";

    private MailTemplates() {}
}
