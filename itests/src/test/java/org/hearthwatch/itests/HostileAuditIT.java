package org.hearthwatch.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever has the folder of the audit log, and machines that stop. Cases 34 to 36, on an appliance of its own. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileAuditIT {

    @RegisterExtension
    static final HostileCases cases = HostileCases.noted();

    private static final Appliance appliance = Appliance.inFreshHome();

    @BeforeAll
    static void a_log() {
        appliance.start();
        for (String user : List.of("one", "two", "three", "four")) {
            add(user);
        }
        appliance.command("audit-checkpoint").orThrow();
        assertThat(appliance.command("audit-verify").exitCode()).isZero();
    }

    @AfterAll
    static void stop() {
        appliance.close();
    }

    private static Script.Reply add(String user) {
        return appliance.script().runWithInput("a password nobody guesses\n", "user-add", user, "--role", "viewer", "--password-stdin");
    }

    private static Path log() {
        return appliance.state().resolve("hearthwatch/audit/audit.jsonl");
    }

    @Test
    @Order(1)
    void whatever_is_changed_is_named() throws Exception {
        var answers = new TreeMap<String, String>();
        answers.put("edited", tampered(lines -> replaced(lines, 2, lines.get(2).replaceFirst("\"outcome\":\"[a-z]+\"", "\"outcome\":\"refused\""))));
        answers.put("deleted", tampered(lines -> without(lines, 1)));
        answers.put("inserted", tampered(lines -> with(lines, 2, lines.get(1))));
        answers.put("swapped", tampered(HostileAuditIT::swapped));
        answers.put("cut", tampered(lines -> lines.subList(0, lines.size() - 2)));
        answers.put("emptied", tampered(lines -> List.of()));
        assertThat(answers.get("edited")).contains("2");
        assertThat(answers.get("deleted")).contains("1");
        assertThat(appliance.command("audit-verify").exitCode()).isZero();
        HostileCases.answered(
                35, "the log edited, deleted from, inserted into, swapped, cut, emptied while it is open",
                answers + " (written anew and hashed again: TamperTest)");
    }

    private static String tampered(UnaryOperator<List<String>> deed) throws IOException {
        byte[] right = Files.readAllBytes(log());
        List<String> lines = new String(right, StandardCharsets.UTF_8).lines().toList();
        try {
            List<String> changed = deed.apply(lines);
            Files.write(log(), (changed.isEmpty() ? "" : String.join("\n", changed) + "\n").getBytes(StandardCharsets.UTF_8));
            Script.Reply reply = appliance.command("audit-verify");
            assertThat(reply.exitCode()).as(reply.toString()).isEqualTo(1);
            return (reply.out() + reply.err()).strip().replaceAll("\\s+", " ");
        } finally {
            // What was recorded meanwhile stands behind what was there before.
            byte[] now = Files.readAllBytes(log());
            Files.write(log(), right);
            assertThat(now).isNotEqualTo(right);
        }
    }

    private static List<String> replaced(List<String> lines, int at, String line) {
        var changed = new ArrayList<>(lines);
        changed.set(at, line);
        return changed;
    }

    private static List<String> without(List<String> lines, int at) {
        var changed = new ArrayList<>(lines);
        changed.remove(at);
        return changed;
    }

    private static List<String> with(List<String> lines, int at, String line) {
        var changed = new ArrayList<>(lines);
        changed.add(at, line);
        return changed;
    }

    private static List<String> swapped(List<String> lines) {
        var changed = new ArrayList<>(lines);
        Collections.swap(changed, 1, 2);
        return changed;
    }

    @Test
    @Order(2)
    void a_link_in_the_folders_place_stops_every_change_and_nothing_else() throws Exception {
        Path folder = log().getParent();
        Path away = folder.resolveSibling("audit-away");
        Files.move(folder, away);
        Files.createSymbolicLink(folder, away);
        try {
            Script.Reply refused = add("five");
            assertThat(refused.exitCode()).isNotZero();
            assertThat(refused.out() + refused.err()).contains("symbolic link");
            assertThat(appliance.get("/-/ready").statusCode()).isEqualTo(200);
        } finally {
            Files.delete(folder);
            Files.move(away, folder);
        }
        assertThat(add("five").exitCode()).isZero();
        HostileCases.answered(
                36,
                "the folder of the log replaced by a link to it",
                "changes refused naming it, monitoring goes on, all well when it is back (full disk: AdversityIT, FileAuditLogTest)");
    }

    @Test
    @Order(3)
    void a_machine_that_stops_within_an_entry_says_so_afterwards() throws Exception {
        appliance.kill();
        String half = "{\"v\":1,\"seq\":99,\"ts\":\"2026-";
        Files.writeString(log(), Files.readString(log()) + half);
        appliance.start();

        appliance.await("the log to be opened", () -> Files.readString(log()).contains("audit:torn"));
        assertThat(Files.readString(log())).doesNotContain(half);
        Script.Reply verified = appliance.command("audit-verify");
        assertThat(verified.exitCode()).as(verified.toString()).isZero();
        try (var files = Files.list(log().getParent())) {
            assertThat(files.map(file -> file.getFileName().toString())).anyMatch(name -> name.startsWith("torn-"));
        }
        assertThat(appliance.command("user-list").orThrow()).contains("one", "four", "five");
        HostileCases.answered(
                34,
                "kill -9, the last entry half written",
                "set aside as torn-N, an entry says so, audit-verify is content; every byte of vault and log: DurabilityTest, FileAuditLogTest");
    }
}
