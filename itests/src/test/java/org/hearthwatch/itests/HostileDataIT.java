package org.hearthwatch.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Data that means harm: bodies, samples, JSON, YAML, XML, expressions. Cases 24 to 29. */
class HostileDataIT {

    private static final String PUSH = "/api/v1/import/prometheus";

    @RegisterExtension
    static final HostileCases cases = HostileCases.noted();

    @RegisterExtension
    static final Appliance appliance = HostileCases.APPLIANCE;

    private static String push = "";
    private static String bombs = "";
    private static String read = "";

    @TempDir
    Path folder;

    @BeforeAll
    static void tokens() {
        push = pushToken("hostile");
        bombs = pushToken("bomber");
        read = appliance.newToken("read");
    }

    private static String pushToken(String source) {
        return appliance
                .command("token-create", "hostile-" + source, "--scope", "push", "--source", source, "--quiet")
                .orThrow()
                .strip();
    }

    private static Wire.Answer push(byte[] body, String... headers) throws Exception {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Authorization: Bearer " + push);
        return Wire.ask(appliance.port(), "127.0.0.1", "POST", PUSH, body, all.toArray(String[]::new));
    }

    private static Wire.Answer push(String body) throws Exception {
        return push(body.getBytes(StandardCharsets.UTF_8), "Content-Type: text/plain");
    }

    @Test
    void a_body_that_grows_is_cut_at_its_limit() throws Exception {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            byte[] block = "# aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
                    .repeat(1024)
                    .getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 1024; i++) {
                gzip.write(block);
            }
        }
        Wire.Answer bomb = push(packed.toByteArray(), "Content-Type: text/plain", "Content-Encoding: gzip");
        assertThat(bomb.status()).isIn(400, 413);
        int large = Wire.Answer.of(Wire.say(
                        appliance.port(),
                        "POST " + PUSH + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + push
                                + "\r\nContent-Length: 1000000000\r\n\r\n"))
                .status();
        assertThat(large).isEqualTo(413);
        String chunk = Integer.toHexString(1 << 20) + "\r\n" + "#".repeat(1 << 20) + "\r\n";
        String endless = Wire.say(
                appliance.port(),
                "POST " + PUSH + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + push
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk.repeat(12));
        assertThat(endless)
                .satisfiesAnyOf(
                        text -> assertThat(text).startsWith("HTTP/1.1 413"),
                        text -> assertThat(text).isEmpty());
        HostileCases.answered(
                24,
                "64 MB of gzip in " + packed.size()
                        + " bytes; a body of 1 GB announced; one without an end; a header of 10 MiB: see 15",
                bomb.status() + "; 413; " + (endless.isEmpty() ? "closed" : "413"));
    }

    @Test
    void too_many_or_impossible_samples_spoil_nothing_else() throws Exception {
        assertThat(push("steady_value 42\n").status()).isIn(200, 204);
        var many = new StringBuilder();
        for (int i = 0; i < 250_000; i++) {
            many.append("bomb{n=\"").append(i).append("\"} 1\n");
        }
        Map<String, Integer> answers = new TreeMap<>();
        answers.put(
                "250 000 series in one push",
                Wire.ask(
                                appliance.port(),
                                "127.0.0.1",
                                "POST",
                                PUSH,
                                many.toString(),
                                "Content-Type: text/plain",
                                "Authorization: Bearer " + bombs)
                        .status());
        var labels = new StringBuilder("wide{");
        for (int i = 0; i < 10_000; i++) {
            labels.append("l").append(i).append("=\"x\",");
        }
        answers.put("10 000 labels", push(labels + "z=\"x\"} 1\n").status());
        answers.put(
                "label of 1 MiB",
                push("long{l=\"" + "x".repeat(1 << 20) + "\"} 1\n").status());
        answers.put("year 9999", push("future 1 253402300799000\n").status());
        answers.put("time -1", push("past 1 -1\n").status());
        answers.put("a label twice", push("twice{a=\"1\",a=\"2\"} 1\n").status());
        answers.put("no number", push("number 1e9e9\n").status());
        assertThat(answers.entrySet())
                .as(answers.toString())
                .allMatch(each -> each.getValue() >= 400 && each.getValue() < 500);
        answers.put("1e999", push("odd_value 1e999\n").status());
        assertThat(answers).containsEntry("1e999", 400);
        for (String odd : List.of("NaN", "+Inf", "-Inf")) {
            Wire.Answer answer = push("odd_value " + odd + "\n");
            assertThat(answer.status()).as(answer.body()).isEqualTo(204);
            answers.put(odd, answer.status());
        }
        appliance.await(
                "what was there before",
                () -> !appliance.query("steady_value", read).isEmpty());
        assertThat(appliance
                        .query("count({__name__=~\"bomb|wide|long\"})", read)
                        .toString())
                .isEqualTo("[]");
        HostileCases.answered(25, "pushes", answers + "; series from before are there, none of the bombs");
    }

    @Test
    void text_that_is_none_is_a_parse_error() throws Exception {
        Map<String, byte[]> bodies = new TreeMap<>();
        bodies.put("invalid UTF-8", new byte[] {'{', '"', (byte) 0xc3, (byte) 0x28, '"', ':', '1', '}'});
        bodies.put("NUL", "{\"user\":\"a\u0000\",\"password\":\"b\"}".getBytes(StandardCharsets.UTF_8));
        bodies.put("10 000 brackets", "[".repeat(10_000).getBytes(StandardCharsets.UTF_8));
        bodies.put("deep object", "{\"user\":".repeat(5_000).getBytes(StandardCharsets.UTF_8));
        bodies.put("number of 60 kB", ("{\"user\":" + "9".repeat(60_000) + "}").getBytes(StandardCharsets.UTF_8));
        bodies.put(
                "a name twice", "{\"user\":\"a\",\"user\":\"b\",\"password\":\"c\"}".getBytes(StandardCharsets.UTF_8));
        bodies.put("BOM", "\ufeff[]".getBytes(StandardCharsets.UTF_8));
        bodies.put("half surrogate", "{\"user\":\"\\ud800\",\"pass\":1}".getBytes(StandardCharsets.UTF_8));
        Map<String, Integer> answers = new TreeMap<>();
        for (var body : bodies.entrySet()) {
            Wire.Answer answer = Wire.ask(
                    appliance.port(),
                    "127.0.0.1",
                    "POST",
                    "/api/hw/sign-in",
                    body.getValue(),
                    "Content-Type: application/json");
            assertThat(answer.body()).doesNotContain("Exception");
            answers.put(body.getKey(), answer.status());
        }
        assertThat(answers.values()).as(answers.toString()).containsOnly(400);
        assertThat(Appliance.read(appliance.log())).doesNotContain("StackOverflow");
        HostileCases.answered(26, "JSON", answers.toString());
    }

    @Test
    void yaml_that_bites_is_refused_with_its_line() throws Exception {
        Map<String, String> files = new TreeMap<>();
        var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [")
                    .append(("*a" + (i - 1) + ",").repeat(9))
                    .append("]\n");
        }
        files.put("alias bomb", bomb.toString());
        files.put("tag of a class", "groups: !!javax.script.ScriptEngineManager [x]\n");
        files.put("a key twice", "groups: []\ngroups: []\n");
        files.put("tab", "groups:\n\t- name: a\n");
        files.put("merge key", "base: &b {name: a}\ngroups:\n- <<: *b\n  rules: []\n");
        files.put("10 000 levels", "groups: " + "[".repeat(10_000) + "\n");
        files.put("no is text", "groups: no\n");
        var answers = new TreeMap<String, String>();
        for (var file : files.entrySet()) {
            Path path = Files.writeString(folder.resolve("rules.yml"), file.getValue());
            Script.Reply reply = appliance.script().run("check", "rules", path.toString());
            assertThat(reply.exitCode()).as("%s: %s", file.getKey(), reply).isEqualTo(1);
            assertThat(reply.err() + reply.out()).doesNotContain("Exception").doesNotContain("\tat ");
            answers.put(file.getKey(), firstWords(reply.err() + reply.out()));
        }
        Wire.Answer over = Wire.ask(
                appliance.port(),
                "127.0.0.1",
                "PUT",
                "/api/hw/rule-files/hostile.yml",
                bomb.toString(),
                "Content-Type: application/yaml",
                "Authorization: Bearer " + HostileCases.adminToken());
        assertThat(over.status()).isBetween(400, 499);
        HostileCases.answered(27, "rule files", answers + "; the bomb over HTTP " + over.status());
    }

    private static String firstWords(String said) {
        String flat = said.replaceAll("/\\S*/", "").replaceAll("\\s+", " ").strip();
        return flat.substring(0, Math.min(90, flat.length()));
    }

    @Test
    void xml_is_refused_wherever_something_is_taken() throws Exception {
        String xxe = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>";
        var answers = new ArrayList<Integer>();
        for (String path : List.of("/api/hw/sign-in", "/api/v2/alerts", PUSH)) {
            Wire.Answer answer = Wire.ask(
                    appliance.port(),
                    "127.0.0.1",
                    "POST",
                    path,
                    xxe,
                    "Content-Type: application/xml",
                    "Authorization: Bearer " + HostileCases.adminToken());
            assertThat(answer.status()).as(path).isBetween(400, 499);
            assertThat(answer.body()).doesNotContain("root:");
            answers.add(answer.status());
        }
        HostileCases.answered(
                28,
                "XML with an entity of a file, wherever something is taken",
                answers
                        + "; only metatype documents of bundles are XML, read without DTDs and entities (HouseRules,"
                        + " ConfigurationDoctorTest)");
    }

    @Test
    void an_expression_that_explodes_is_bounded() throws Exception {
        Wire.Answer pushed = push("redos{l=\"" + "a".repeat(900) + "!\"} 1\n");
        assertThat(pushed.status()).as(pushed.body()).isEqualTo(204);
        appliance.await("the series", () -> !appliance.query("redos", read).isEmpty());
        long begin = System.nanoTime();
        for (String pattern : List.of("(a+)+$", "(a|aa)+$", "(.*a){25}$", "((a{0,30}){0,30}){0,30}b")) {
            String expression = "redos{l=~\"" + pattern + "\"}";
            Wire.Answer answer = Wire.ask(
                    appliance.port(),
                    "127.0.0.1",
                    "GET",
                    "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8),
                    "",
                    "Authorization: Bearer " + read);
            assertThat(answer.status()).as(pattern + answer.body()).isIn(200, 400, 422, 503);
        }
        long millis = (System.nanoTime() - begin) / 1_000_000;
        JsonNode other = appliance.query("1 + 1", read);
        assertThat(other.toString()).contains("\"2\"");
        assertThat(millis).as("well below the limit of a query").isLessThan(20_000);
        HostileCases.answered(
                29,
                "regular expressions that backtrack, on a label of 900 letters",
                "answered, " + millis + " ms for four");
    }
}
