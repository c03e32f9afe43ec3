package org.hearthwatch.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.classify.DataClasses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Secrets given through every mouth, looked for everywhere afterwards. Case 37, and the classes of what does come out. */
class CanaryIT {

    @RegisterExtension
    static final HostileCases cases = HostileCases.noted();

    @RegisterExtension
    static final Appliance appliance = HostileCases.APPLIANCE;

    /** By the way each was planted. */
    private final Map<String, String> canaries = new LinkedHashMap<>();

    private String canary(String way) {
        return canaries.computeIfAbsent(
                way, each -> "CANARY" + canaries.size() + "x" + Long.toHexString(System.nanoTime()));
    }

    @Test
    void a_secret_is_found_nowhere() throws Exception {
        appliance.await(
                "the vault to be open",
                () -> appliance.command("vault-status").out().contains("unsealed"));
        String token = HostileCases.adminToken();
        // The shell.
        appliance
                .script()
                .runWithInput(canary("vault, shell") + "\n", "secret-set", "canary/shell", "--stdin")
                .orThrow();
        appliance
                .script()
                .runWithInput(
                        canary("user's password, shell") + "\n",
                        "user-add",
                        "canary",
                        "--role",
                        "viewer",
                        "--password-stdin")
                .orThrow();
        appliance
                .script()
                .runWithInput(
                        canary("vault's passphrase") + "\n",
                        "vault-slot-add",
                        "passphrase",
                        "canary",
                        "--password-stdin");
        appliance
                .script()
                .runWithInput(
                        canary("backup's passphrase") + "\n",
                        "backup-verify",
                        "/nowhere",
                        "--passphrase",
                        "--password-stdin");
        // The API.
        send("PUT", "/api/hw/secrets/canary/api", Person.json("value", canary("vault, API")), token);
        send(
                "POST",
                "/api/hw/users",
                Person.json("name", "canary2", "password", canary("user's password, API"), "roles", List.of("viewer")),
                token);
        send("POST", "/api/hw/users", "{\"name\":\"x\",\"password\":\"" + canary("broken JSON") + "\",,", token);
        send("POST", "/api/hw/vault/unseal", Person.json("passphrase", canary("wrong passphrase, API")), token);
        Person.at(appliance, Wire.otherNetwork()).signIn("canary", canary("wrong password"));
        Person.at(appliance, Wire.otherNetwork()).signIn(canary("password typed as the name"), "x");
        Wire.ask(
                appliance.port(),
                Wire.otherNetwork(),
                "POST",
                "/api/hw/setup",
                Person.json(
                        "code", "x", "user", canary("name at a set-up"), "password", canary("password at a set-up")),
                "Content-Type: application/json");
        send(
                "POST",
                "/api/hw/backups/none.tar.age/verify",
                Person.json("passphrase", canary("passphrase of a backup, API")),
                token);
        send(
                "POST",
                "/api/hw/backups/none.tar.age/restore",
                Person.json("identity", "AGE-SECRET-KEY-1" + canary("private key of a backup, API")),
                token);
        appliance
                .script()
                .runWithInput(canary("share card") + "\n", "backup-drill", "/nowhere", "--shares", "--cards-stdin");
        send("GET", "/api/hw/status", "", "hwt_" + canary("wrong token"));
        Wire.ask(appliance.port(), "127.0.0.1", "GET", "/api/hw/status?token=" + canary("token in the address"), "");
        Wire.ask(
                appliance.port(),
                "127.0.0.1",
                "GET",
                "/api/hw/status",
                "",
                "Cookie: hearthwatch-session-" + appliance.port() + "=" + canary("cookie"));
        // Files.
        Path mail = appliance.etc().resolve("org.hearthwatch.notifier.mail-canary.cfg");
        Path routes = appliance.etc().resolve("alertmanager.yml");
        Path oidc = appliance.etc().resolve("org.hearthwatch.access.oidc.cfg");
        byte[] shipped = Files.readAllBytes(oidc);
        Path proxmox = appliance.etc().resolve("org.hearthwatch.secret.proxmox.cfg");
        byte[] shippedProxmox = Files.readAllBytes(proxmox);
        Path external = appliance.etc().resolve("org.hearthwatch.collector.external-canary.cfg");
        try {
            Files.writeString(
                    mail,
                    "smarthost = 127.0.0.1:1\nfrom = a@b.c\nto = a@b.c\nusername = u\npassword = "
                            + canary("literal password in a setting") + "\n");
            Files.writeString(
                    oidc,
                    "issuer = https://localhost:1\nclientId = x\nclientSecret = " + canary("literal client secret")
                            + "\n");
            Files.writeString(
                    routes,
                    "route:\n  receiver: r\nreceivers:\n- name: r\n  webhook_configs:\n  - url: http://127.0.0.1:1/"
                            + canary("address with a token")
                            + "\n"
                            + "  email_configs:\n"
                            + "  - to: a@b.c\n"
                            + "    from: a@b.c\n"
                            + "    smarthost: 127.0.0.1:1\n"
                            + "    require_tls: false\n"
                            + "    auth_username: u\n"
                            + "    auth_password: "
                            + canary("password of a receiver") + "\n");
            Files.writeString(proxmox, "keeper = root@pam!keeper=" + canary("literal token of Proxmox") + "\n");
            // A program that shows what it was given in confidence.
            Files.writeString(
                    external,
                    "command = /bin/sh -c \"cat >&2; exit 3\"\nsecrets = TOKEN=secret:canary/shell\nisolation = limits\n");
            appliance.command("route-reload");
            appliance.command("receiver-test", "r");
            appliance.command("secret-rotate", "canary/shell");
            appliance.await(
                    "the settings to be read",
                    () -> Appliance.read(appliance.log()).contains("org.hearthwatch.access.oidc.cfg")
                            && Appliance.read(appliance.log()).contains("org.hearthwatch.secret.proxmox"));
            List<String> said = new ArrayList<>();
            for (String path : List.of(
                    "/api/v2/status",
                    "/api/v2/receivers",
                    "/api/v1/status/config",
                    "/api/v1/status/flags",
                    "/api/hw/settings",
                    "/api/hw/doctor",
                    "/api/hw/secrets",
                    "/api/hw/vault",
                    "/api/hw/backups",
                    "/api/hw/channels",
                    "/api/hw/notifications",
                    "/api/hw/promises",
                    "/api/hw/collectors",
                    "/api/hw/audit?limit=1000",
                    "/metrics")) {
                said.add(Wire.ask(appliance.port(), "127.0.0.1", "GET", path, "", "Authorization: Bearer " + token)
                        .body());
            }
            for (String[] command : new String[][] {
                {"config-list", "--sensitive", "--json"},
                {"doctor"},
                {"receiver-list"},
                {"notification-log"},
                {"inventory-list"},
                {"collector-list"},
                {"audit-show", "--limit", "1000"},
                {"secret-list"},
                {"status"}
            }) {
                Script.Reply reply = appliance.command(command);
                said.add(reply.out() + reply.err());
            }
            absent("what is answered", String.join("\n", said).getBytes(StandardCharsets.UTF_8));
        } finally {
            Files.deleteIfExists(mail);
            Files.deleteIfExists(routes);
            Files.write(oidc, shipped);
            Files.write(proxmox, shippedProxmox);
            Files.deleteIfExists(external);
            appliance.command("route-reload");
        }
        appliance.command("backup-create").orThrow();
        absent("the arguments", Files.readAllBytes(Path.of("/proc/" + appliance.pid() + "/cmdline")));
        absent("the environment", Files.readAllBytes(Path.of("/proc/" + appliance.pid() + "/environ")));
        appliance.await(
                "the settings of deleted files to be forgotten",
                () -> found(appliance.home()).isEmpty());
        HostileCases.answered(
                37,
                canaries.size() + " secrets: " + String.join(", ", canaries.keySet()),
                "in no log, audit entry, answer, metric, argument, environment, backup or other file of the home;"
                        + " memory of the process is not searched (SECURITY.md)");
    }

    private void absent(String where, byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        canaries.forEach((way, canary) ->
                assertThat(text).as("%s, planted as %s", where, way).doesNotContain(canary));
    }

    /** The files below a folder that hold one, plain or in base64. */
    private List<String> found(Path root) throws IOException {
        List<String> files = new ArrayList<>();
        List<String> needles = new ArrayList<>(canaries.values());
        canaries.values()
                .forEach(canary -> needles.add(Base64.getEncoder()
                        .withoutPadding()
                        .encodeToString(
                                canary.substring(0, canary.length() / 3 * 3).getBytes(StandardCharsets.US_ASCII))));
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()
                        && attributes.size() < 64 << 20
                        && !file.toString().endsWith(".jar")) {
                    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                    needles.stream()
                            .filter(text::contains)
                            .findFirst()
                            .ifPresent(each -> files.add(root.relativize(file) + " " + each));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private static void send(String method, String path, String body, String token) throws IOException {
        Wire.ask(
                appliance.port(),
                "127.0.0.1",
                method,
                path,
                body,
                "Content-Type: application/json",
                "Authorization: Bearer " + token);
    }

    @Test
    void every_metric_and_every_field_of_the_logs_has_a_class() throws Exception {
        List<String> without = new ArrayList<>();
        for (String line : appliance.get("/metrics").body().lines().toList()) {
            if (line.startsWith("# TYPE ")
                    && DataClasses.known().metric(line.split(" ", -1)[2]).isEmpty()) {
                without.add(line);
            }
        }
        assertThat(without)
                .as("metrics to be added to ClassTable in bundles/api")
                .isEmpty();
        String entry = Files.readAllLines(appliance.state().resolve("hearthwatch/audit/audit.jsonl"))
                .get(0);
        Person.JSON
                .readTree(entry)
                .fieldNames()
                .forEachRemaining(field -> assertThat(DataClasses.known().field("audit", field))
                        .as(field)
                        .isPresent());
        String logged = Files.readAllLines(appliance.log()).stream()
                .filter(line -> line.startsWith("20"))
                .findFirst()
                .orElseThrow();
        assertThat(logged.split("\\|", 5))
                .as("time, level, thread, logger, message")
                .hasSize(5);
    }
}
