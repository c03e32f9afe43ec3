package org.hearthwatch.collector.runtime.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.api.health.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationDoctorTest {

    private static final String METATYPE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.2.0">
              <OCD id="some.Config" name="Store">
                <AD id="retention" type="String" default="15d"/>
                <AD id="threads" type="Integer" min="1" max="64" default="4"/>
                <AD id="ratio" type="Double" min="0" default="0.5"/>
                <AD id="enabled" type="Boolean" default="true"/>
                <AD id="mode" type="String" default="fast">
                  <Option label="Fast" value="fast"/>
                  <Option label="Safe" value="safe"/>
                </AD>
                <AD id="ports" type="Integer" cardinality="10" default="1"/>
                <AD id="masterPassword" type="Integer" default="1"/>
              </OCD>
              <Designate pid="org.hearthwatch.store">
                <Object ocdref="some.Config"/>
              </Designate>
              <Designate factoryPid="org.hearthwatch.probe">
                <Object ocdref="some.Config"/>
              </Designate>
            </metatype:MetaData>
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "threads  | many   | threads = many is not allowed; it takes a whole number from 1 to 64",
                "threads  | 65     | threads = 65 is not allowed; it takes a whole number from 1 to 64",
                "threads  | 1.5    | threads = 1.5 is not allowed; it takes a whole number from 1 to 64",
                "ratio    | -1     | ratio = -1 is not allowed; it takes a number from 0",
                "enabled  | yes    | enabled = yes is not allowed; it takes true or false",
                "mode     | slow   | mode = slow is not allowed; it takes one of fast, safe",
                "ports    | 1, two | ports = 1, two is not allowed; it takes a whole number",
                "hearthwatch.interval | often | hearthwatch.interval = often is not allowed; it takes a duration such as"
                        + " 250ms, 15s, 5m, 1h30m, 15d or 1y, from 1s to 1d",
            })
    void a_value_that_is_not_allowed_is_named_with_what_is(String key, String value, String problem) throws Exception {
        assertThat(examine(Map.of(key, value))).singleElement().satisfies(finding -> {
            assertThat(finding.subject()).isEqualTo("etc/org.hearthwatch.store.cfg");
            assertThat(finding.problem()).isEqualTo(problem);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "threads, 64",
        "ratio, 1e3",
        "enabled, TRUE",
        "mode, safe",
        "ports, '1, 2,3'",
        "retention, anything",
        "hearthwatch.interval, 1m",
        "hearthwatch.job, x",
        "service.pid, x",
        "felix.fileinstall.filename, x",
    })
    void what_is_allowed_is_not_spoken_of(String key, String value) throws Exception {
        assertThat(examine(Map.of(key, value))).isEmpty();
    }

    @Test
    void an_unknown_key_is_named_without_its_value() throws Exception {
        assertThat(examine(Map.of("retension", "hunter2")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.problem())
                        .startsWith("there is no setting retension; there are retention, threads, ")
                        .doesNotContain("hunter2"));
    }

    @Test
    void a_value_that_may_be_secret_is_not_shown() throws Exception {
        assertThat(examine(Map.of("masterPassword", "hunter2")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.problem())
                        .isEqualTo("masterPassword is not allowed; it takes a whole number"));
    }

    @Test
    void an_instance_of_a_factory_is_held_against_the_factorys_schema() throws Exception {
        var configuration = new ConfigurationState(
                "org.hearthwatch.probe~shop",
                Optional.of("org.hearthwatch.probe"),
                Optional.of("org.hearthwatch.probe-shop.cfg"),
                Map.of("threads", "0"));

        assertThat(new ConfigurationDoctor(schemas()).examine(configuration))
                .extracting(Finding::subject)
                .containsExactly("etc/org.hearthwatch.probe-shop.cfg");
    }

    @Test
    void a_file_of_ours_that_no_bundle_knows_is_worth_knowing() throws Exception {
        var configuration = new ConfigurationState(
                "org.hearthwatch.stroe",
                Optional.empty(),
                Optional.of("org.hearthwatch.stroe.cfg"),
                Map.of("retention", "1d"));

        assertThat(new ConfigurationDoctor(schemas()).examine(configuration))
                .extracting(Finding::severity, Finding::problem)
                .containsExactly(
                        tuple(Finding.Severity.INFO, "no installed bundle has settings under org.hearthwatch.stroe"));
    }

    @Test
    void a_metatype_document_may_not_open_files() {
        String hostile =
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><MetaData><OCD id=\"&e;\"/></MetaData>";

        assertThatThrownBy(() -> Schema.read(new ByteArrayInputStream(hostile.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(IOException.class);
    }

    private static List<Finding> examine(Map<String, String> values) throws IOException {
        return new ConfigurationDoctor(schemas())
                .examine(new ConfigurationState("org.hearthwatch.store", Optional.empty(), Optional.empty(), values));
    }

    private static List<Schema> schemas() throws IOException {
        return Schema.read(new ByteArrayInputStream(METATYPE.getBytes(StandardCharsets.UTF_8)));
    }
}
