package org.hearthwatch.transport.profile;

import java.util.List;

/**
 * What is promised, row by row: A the telemetry, B the assistant, C the platform, S security in detail. A row says which
 * bundles hold it, and what of it does not exist in this version, so that nobody is told more than is there.
 */
final class PromiseRows {

    /**
     * A promise.
     *
     * @param needs the bundles without which there is nothing of it
     * @param better the bundles without which a part is missing
     * @param lacks the part that no bundle of this version has; empty where it is whole
     * @param proof the command that shows it
     */
    record Row(String id, String title, List<String> needs, List<String> better, String lacks, String proof) {}

    static final List<Row> ALL = List.of(
            row("A1", "Host metrics", "collector.host", "", "", "query 'node_load1'"),
            row(
                    "A2",
                    "Prometheus in both directions",
                    "prometheus,query,store",
                    "collector.prometheus",
                    "",
                    "query 'up'"),
            row("A3", "Pictures", "console,query", "", "import of Grafana dashboards", "open the console"),
            row(
                    "A4",
                    "Autonomous watching",
                    "alert,query",
                    "notifier.mail,notifier.webhook",
                    "anomaly detection",
                    "alert-list"),
            row("A5", "A crew of agents", "agent", "", "", "ask"),
            row("A6", "Isolation", "plugin", "", "container image", "plugin-list"),
            row("A7", "Network control", "http,transport", "", "firewall help", "tls-status"),
            row("A8", "Secrets management", "secret", "", "", "vault-status"),
            row("A9", "Updates", "update", "", "", "update-check"),
            row("A10", "Sign-in", "access,http", "access.oidc", "", "user-list"),
            row("A11", "Data stays inside", "transport", "", "", "security-profile"),
            row("B1", "Proxmox VE and Backup Server", "collector.proxmox", "", "", "collector-list"),
            row("B2", "Ask in plain words", "agent", "", "", "ask"),
            row("B3", "Local models", "model.ollama", "", "", "ask"),
            row("B4", "Credentials", "secret", "", "", "vault-status"),
            row("B5", "Transport", "transport,http", "", "", "tls-status"),
            row("B6", "Access", "access", "", "", "user-list"),
            row("B7", "Audit", "audit", "", "", "audit-verify"),
            row("B8", "Protected caches and memory", "secret", "", "encrypted caches", "vault-status"),
            row("B9", "Security profiles", "transport", "", "", "security-profile"),
            row("B10", "Firewall and VPN", "firewall", "", "", "firewall-show"),
            row("B11", "Backups", "backup", "", "", "backup-list"),
            row("B12", "Security monitoring", "monitor", "", "", "security-events"),
            row("B13", "Compliance", "compliance", "", "", "compliance"),
            row("B14", "Incident response, forensics, threat hunting", "incident", "", "", "incident-list"),
            row("B15", "Supply chain", "plugin", "update", "", "plugin-list"),
            row("C1", "Karaf shell", "shell", "", "", "help"),
            row("C2", "Plugins", "plugin", "", "", "plugin-list"),
            row("C3", "Web console", "console,http", "", "", "open the console"),
            row("C4", "Prometheus scrape", "prometheus,http", "", "", "curl the address of the console with /metrics"),
            row("C5", "Config Admin", "api", "", "", "config:list '(service.pid=org.hearthwatch.*)'"),
            row("C6", "Named parts", "http,prometheus,transport", "notifier.mail", "", "bundle:list"),
            row("C7", "Past one machine", "prometheus", "", "satellites", "status"),
            row("C8", "Installation", "api", "", "packages and container image", "status"),
            row("S1", "Secrets stand in no configuration", "secret", "", "", "secret-list"),
            row("S2", "Credentials in AES-256-GCM", "secret", "", "", "vault-status"),
            row("S3", "Argon2id or PBKDF2", "secret", "", "", "vault-slot-list"),
            row("S4", "Unattended restart", "secret", "", "", "vault-status"),
            row("S5", "Keys in a token (PKCS#11)", "secret", "", "", "vault-slot-list"),
            row("S6", "Key rotation", "secret", "", "", "vault-rotate"),
            row("S7", "Key escrow", "secret", "", "", "vault-shares-test"),
            row("S8", "TLS 1.3 only", "transport,http", "", "", "tls-status"),
            row("S9", "Post-quantum hybrid", "transport,http", "", "", "tls-status"),
            row("S10", "Certificate pinning", "transport", "", "", "pin-list"),
            row("S11", "Certificates are verified", "transport", "", "", "pin-list"),
            row("S12", "Roles and permissions", "access", "", "", "permission-list"),
            row("S13", "API tokens with rotation", "access", "", "", "token-list"),
            row("S14", "SSH keys", "access,shell", "", "", "ssh-key-list"),
            row("S15", "Second factor", "access", "", "", "user-list"),
            row("S16", "Lockout", "access", "", "", "query 'hearthwatch_access_sign_ins_total'"),
            row("S17", "Session time-out", "access", "", "", "session-list"),
            row("S18", "Tamper-evident audit log", "audit", "", "", "audit-verify"),
            row("S19", "Audit fails closed", "audit", "", "", "audit-verify"),
            row("S20", "No sensitive data in logs", "api", "", "", "logs"),
            row("S21", "Encrypted log archives", "audit,backup", "", "", "security-profile"),
            row("S22", "Encrypted cache", "agent", "", "", "status"),
            row("S23", "Memory protection", "secret", "", "", "vault-status"),
            row("S24", "Air-gapped mode", "transport", "", "", "security-profile"),
            row("S25", "Disk encryption and secure boot reported", "compliance", "", "", "compliance"),
            row("S26", "Firewall management", "firewall", "", "", "firewall-show"),
            row("S27", "VPN", "firewall", "", "", "firewall-show"),
            row("S28", "Encrypted backups", "backup", "", "", "backup-list"),
            row("S29", "Verifiable backups", "backup", "", "", "backup-drill"),
            row("S30", "Security monitoring in real time", "monitor", "", "", "security-events"),
            row("S31", "Anomaly detection", "monitor", "", "", "security-events"),
            row("S32", "Security alerts by mail", "notifier.mail,monitor", "", "", "receiver-list"),
            row("S33", "Compliance checks", "compliance", "", "", "compliance"),
            row("S34", "Signed plugins and updates", "plugin", "update", "", "plugin-list"),
            row("S35", "Incident response", "incident", "", "", "incident-list"),
            row("S36", "Forensics", "incident", "", "", "incident-list"),
            row("S37", "Threat hunting", "incident", "", "", "incident-list"),
            row("S38", "Data classification", "classification", "", "", "data-classes"),
            row("S39", "Risk assessment", "compliance", "", "", "compliance"),
            row("S40", "Least privilege", "api", "", "container image", "status"),
            row("S41", "No telemetry", "transport", "", "", "query 'hearthwatch_transport_egress_total'"),
            row("S42", "Model integrity", "model.ollama", "", "", "ask"),
            row("S43", "Vulnerability reporting", "api", "", "", "SECURITY.md"),
            row("S44", "Checklists", "compliance", "", "", "compliance"),
            row("S45", "Development security", "api", "", "dependency audit", "SECURITY.md"));

    private PromiseRows() {}

    private static Row row(String id, String title, String needs, String better, String lacks, String proof) {
        return new Row(id, title, words(needs), words(better), lacks, proof);
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }
}
