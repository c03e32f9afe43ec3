package org.hearthwatch.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolsTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... words) {
        return Tools.run(
                List.of(words),
                new Output(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)));
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void good_rules_are_counted() throws IOException {
        String file = write("good.yml", "groups: [{name: g, rules: [{record: a, expr: 'rate(x[5m])'}]}]");

        assertThat(run("check", "rules", file)).isZero();
        assertThat(out()).isEqualTo("Checking " + file + "\n  SUCCESS: 1 rules found\n\n");
        assertThat(err()).isEmpty();
    }

    @Test
    void bad_rules_are_named_with_their_place() throws IOException {
        String file = write("bad.yml", "groups: [{name: g, rules: [{record: a, expr: 'rate(x)'}]}]");

        assertThat(run("check", "rules", file)).isEqualTo(1);
        assertThat(err())
                .isEqualTo("  FAILED:\n" + file
                        + ": 1:46: group \"g\", rule 1, \"a\": could not parse expression: 1:6: parse error: expected type range"
                        + " vector in call to function \"rate\", got instant vector\n");
    }

    @Test
    void rules_that_stand_twice_are_odd_and_fatal_only_where_asked() throws IOException {
        String file = write(
                "twice.yml",
                "groups: [{name: g, rules: [{record: a, expr: x, labels: {b: c}}, {record: a, expr: y, labels: {b: c}}]}]");

        assertThat(run("check", "rules", file)).isZero();
        assertThat(err()).isEqualTo("""
                  FAILED:
                lint error 1 duplicate rule(s) found.
                Metric: a
                Label(s):
                \tb: c
                Might cause inconsistency while recording expressions
                """);
        assertThat(run("check", "rules", "--lint-fatal", file)).isEqualTo(3);
        assertThat(run("check", "rules", "--lint=none,all", "--lint-fatal", file))
                .isEqualTo(3);
        out.reset();
        assertThat(run("check", "rules", "--lint=none", "--lint-fatal", file)).isZero();
        assertThat(run("check", "rules", "--lint=neatness", "--lint-fatal", file))
                .isZero();
        assertThat(out()).contains("WARNING: unknown lint option: \"neatness\"\n");
    }

    @Test
    void a_file_that_is_not_there_and_an_option_that_is_none_are_said() {
        assertThat(run("check", "rules", "/nowhere.yml")).isEqualTo(1);
        assertThat(run("test", "rules", "--colour", "x")).isEqualTo(1);
        assertThat(err()).isEqualTo("""
                hearthwatch: error: path '/nowhere.yml' does not exist, try --help
                hearthwatch: error: unknown long flag '--colour', try --help
                """);
    }

    @Test
    void tests_of_rules_that_hold_succeed() throws IOException {
        write("rules.yml", """
                groups:
                  - name: later
                    rules:
                      - {record: b, expr: a + 1}
                  - name: first
                    rules:
                      - {record: a, expr: sum(x)}
                      - alert: High
                        expr: x > 2
                        for: 2m
                        labels: {severity: page}
                        annotations: {summary: '{{ $labels.host }} at {{ $value | humanize }}{{ $externalLabels.site }}'}
                """);
        String file = write("test.yml", """
                rule_files: [rul*.yml]
                evaluation_interval: 1m
                group_eval_order: [first, later]
                tests:
                  - interval: 30s
                    external_labels: {site: home}
                    input_series:
                      - {series: 'x{host="nas"}', values: '1+1x20'}
                      - {series: 'x{host="pi"}', values: '1 _x3 stale'}
                      - {series: h, values: '{{schema:1 count:3 sum:4 buckets:[1 2]}}+{{count:1 buckets:[1]}}x20'}
                    promql_expr_test:
                      - {expr: a, eval_time: 1m, exp_samples: [{labels: a, value: 4}]}
                      - {expr: b, eval_time: 1m, exp_samples: [{labels: b, value: 5}]}
                      - {expr: 'count(x)', eval_time: 90s, exp_samples: [{value: 2}]}
                      - {expr: 'count(x)', eval_time: 2m, exp_samples: [{value: 1}]}
                      - {expr: 'ALERTS{alertstate="pending"}', eval_time: 1m30s,
                         exp_samples: [{labels: 'ALERTS{alertname="High", alertstate="pending", host="nas", severity="page"}', value: 1}]}
                    alert_rule_test:
                      - {eval_time: 2m, alertname: High}
                      - eval_time: 3m
                        alertname: High
                        exp_alerts:
                          - exp_labels: {severity: page, host: nas}
                            exp_annotations: {summary: nas at 7home}
                """);

        assertThat(run("test", "rules", file)).as(err()).isZero();
        assertThat(out()).isEqualTo("  SUCCESS\n\n");
    }

    @Test
    void tests_of_rules_that_do_not_hold_say_what_was_got_instead() throws IOException {
        write("rules.yml", "groups: [{name: g, rules: [{alert: Always, expr: vector(1), labels: {a: b}}]}]");
        String file = write("test.yml", """
                rule_files: [rules.yml]
                tests:
                  - name: one
                    input_series: [{series: x, values: 1}]
                    promql_expr_test:
                      - {expr: x, eval_time: 0, exp_samples: [{labels: x, value: 2}]}
                      - {expr: y, eval_time: 0, exp_samples: [{labels: y, value: 2}]}
                      - {expr: 'x +', eval_time: 0}
                    alert_rule_test:
                      - {eval_time: 0, alertname: Always}
                """);

        assertThat(run("test", "rules", file)).isEqualTo(1);
        assertThat(err()).isEqualTo("""
                  FAILED:
                    name: one,
                    alertname: Always, time: 0s,\s
                        exp:[],\s
                        got:[
                            0:
                              Labels:{a="b", alertname="Always"}
                              Annotations:{}
                            ]
                    expr: "x", time: 0s,
                        exp: {__name__="x"} 2E+00
                        got: {__name__="x"} 1E+00
                    expr: "y", time: 0s,
                        exp: {__name__="y"} 2E+00
                        got: nil
                    expr: "x +", time: 0s, err: 1:4: parse error: unexpected end of input
                """);
    }

    @Test
    void alerts_that_differ_are_shown_as_one_text_in_colours() throws IOException {
        write("rules.yml", "groups: [{name: g, rules: [{alert: Always, expr: vector(1), labels: {a: b, c: d}}]}]");
        String file = write("test.yml", """
                rule_files: [rules.yml]
                tests:
                  - alert_rule_test:
                      - eval_time: 0
                        alertname: Always
                        exp_alerts:
                          - exp_labels: {a: x, e: f}
                          - exp_labels: {z: z}
                """);

        assertThat(run("test", "rules", "--diff", file)).isEqualTo(1);
        assertThat(err()).isEqualTo("""
                  FAILED:
                    alertname: Always, time: 0s,\s
                        diff: [
                                {
                                    "Annotations": {},
                                    "Labels": {
                                        "a": YEL"x" => "b"END,
                                        "alertname": "Always",
                                        GRN"c": "d"END,
                                        RED"e": "f"END
                                    }
                                },
                                RED{END
                                    RED"Annotations": {},END
                                    RED"Labels": {END
                                        RED"alertname": "Always",END
                                        RED"z": "z"END
                                    RED}END
                                RED}END
                            ]
                """.replace("YEL", "\033[0;33m")
                .replace("GRN", "\033[0;32m")
                .replace("RED", "\033[0;31m")
                .replace("END", "\033[0m"));
    }

    @Test
    void debugging_shows_each_test_and_all_its_samples() throws IOException {
        write("rules.yml", "groups: [{name: g, rules: [{record: r, expr: x + 1}]}]");
        String file = write("test.yml", """
                rule_files: [rules.yml]
                tests:
                  - input_series:
                      - {series: x, values: '_ 1 2.5'}
                      - {series: h, values: '_ {{schema:0 sum:5 count:3 buckets:[1 2]}}'}
                    promql_expr_test: [{expr: r, eval_time: 90500ms, exp_samples: [{labels: r, value: 2}]}]
                """);

        assertThat(run("test", "rules", "--debug", file)).as(err()).isZero();
        assertThat(out().replaceFirst("took .*", "took long")).isEqualTo("""
                DEBUG: Starting test unnamed#0
                DEBUG: Dump of all data (input_series and rules) at 1m31s:
                {__name__="h"} =>
                {count:3, sum:5, (0.5,1]:1, (1,2]:2} @[60000]
                {__name__="r"} =>
                2 @[60000]
                {__name__="x"} =>
                1 @[60000]
                DEBUG: Test unnamed#0 finished, took long
                  SUCCESS

                """);
    }

    @Test
    void only_chosen_tests_run() throws IOException {
        String file = write("test.yml", """
                tests:
                  - name: wrong
                    promql_expr_test: [{expr: '1', exp_samples: [{value: 2}]}]
                  - name: right
                    promql_expr_test: [{expr: '1', exp_samples: [{value: 1}]}]
                """);

        assertThat(run("test", "rules", "--run=^right$", file)).isZero();
        assertThat(run("test", "rules", "--run", "ri", "--run=wr", file)).isEqualTo(1);
    }

    @Test
    void numbers_may_differ_in_the_last_bit_where_that_is_allowed() throws IOException {
        String tests = """
                tests:
                  - input_series: [{series: x, values: '2.9999999999999996'}]
                    promql_expr_test: [{expr: x, exp_samples: [{labels: x, value: 3}]}]
                """;

        assertThat(run("test", "rules", write("exact.yml", tests))).isEqualTo(1);
        assertThat(run("test", "rules", write("fuzzy.yml", "fuzzy_compare: true\n" + tests)))
                .isZero();
    }

    @Test
    void a_series_that_cannot_be_read_is_said_with_its_place() throws IOException {
        String file = write("test.yml", "tests: [{input_series: [{series: 'x{a=\"b\"', values: '1'}]}]");

        assertThat(run("test", "rules", file)).isEqualTo(1);
        assertThat(err()).isEqualTo("  FAILED:\n1:9: parse error: unexpected character inside braces: '1'\n");
    }

    @Test
    void asks_a_server_and_shows_its_answer() throws IOException {
        var asked = new ArrayList<String>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = (exchange.getRequestURI().toString().contains("range")
                            ? "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":"
                                    + "{\"__name__\":\"up\",\"job\":\"a\"},\"values\":[[1,\"1\"],[2.5,\"+Inf\"]]}]}}"
                            : "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"no\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            assertThat(run(
                            "query",
                            "range",
                            "--start=1",
                            "--end=3",
                            "--step=1s",
                            "--header=Authorization: Bearer t",
                            url,
                            "up"))
                    .isZero();
            assertThat(out()).isEqualTo("up{job=\"a\"} =>\n1 @[1]\n+Inf @[2.5]\n");
            assertThat(run("query", "instant", "--time=5", url, "up")).isEqualTo(1);
            assertThat(err()).isEqualTo("query error: bad_data: no\n");
        } finally {
            server.stop(0);
        }
        assertThat(asked)
                .containsExactly(
                        "/api/v1/query_range Bearer t query=up&start=1.000&end=3.000&step=1.0",
                        "/api/v1/query null query=up&time=5.000");
    }

    @Test
    void results_are_stored_as_junit_xml() throws Exception {
        String good = write(
                "good.test",
                "tests: [{name: a<b, promql_expr_test: [{expr: '1', exp_samples: [{value: 1}]}]},"
                        + " {name: c, promql_expr_test: [{expr: '1', exp_samples: [{value: 2}]}]}]");
        String bad = write("bad.test", "nonsense: 1");
        Path report = folder.resolve("report.xml");

        assertThat(run("test", "rules", "--junit=" + report, good, bad)).isEqualTo(Output.FAILED);

        assertThat(Files.readString(report))
                .contains(
                        "good.test\" tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"0\" timestamp=\"2",
                        "<testcase name=\"a&lt;b\"></testcase><testcase name=\"c\"><failure>    expr: &#34;1&#34;, time: 0s,&#xA;",
                        "bad.test\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\" timestamp=\"\">"
                                + "<testcase name=\"unknown\"><error>yaml: ")
                .startsWith("<testsuites><testsuite name=\"")
                .endsWith("</testsuite></testsuites>");
    }
}
