package org.hearthwatch.collector.runtime.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.hearthwatch.api.config.SettingsForms.Entry;
import org.hearthwatch.api.config.SettingsForms.Field;
import org.hearthwatch.collector.runtime.doctor.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormFilesTest {

    private static final String PID = "org.hearthwatch.notifier.web";
    private static final String METATYPE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.2.0">
              <OCD id="some.Config" name="Chats" description="Rooms that are told">
                <AD id="url" name="Address" description="Where" type="String" default=""/>
                <AD id="token" name="Token" type="String" default=""/>
                <AD id="mode" type="String" default="fast">
                  <Option label="Fast" value="fast"/>
                  <Option label="Safe" value="safe"/>
                </AD>
              </OCD>
              <OCD id="other.Config" name="Store"/>
              <Designate factoryPid="org.hearthwatch.notifier.web"><Object ocdref="some.Config"/></Designate>
              <Designate pid="org.hearthwatch.store"><Object ocdref="other.Config"/></Designate>
            </metatype:MetaData>
            """;

    @TempDir
    private Path folder;

    private FormFiles forms;

    @BeforeEach
    void read_the_metatype() throws IOException {
        List<Schema> schemas = Schema.read(new ByteArrayInputStream(METATYPE.getBytes(StandardCharsets.UTF_8)));
        forms = new FormFiles(folder, () -> schemas);
    }

    @Test
    void a_form_has_what_the_bundle_declares_and_only_of_kinds_of_which_there_are_several() {
        assertThat(forms.forms()).singleElement().satisfies(form -> {
            assertThat(form.pid()).isEqualTo(PID);
            assertThat(form.title()).isEqualTo("Chats");
            assertThat(form.fields())
                    .containsExactly(
                            new Field("url", "Address", "Where", "", List.of(), false),
                            new Field("token", "Token", "", "", List.of(), true),
                            new Field("mode", "", "", "fast", List.of("fast", "safe"), false));
        });
    }

    @Test
    void what_is_written_is_read_back_whatever_is_in_it() throws IOException {
        Map<String, String> settings =
                Map.of("url", " C:\\temp # = ä\n{{ .Labels }}\tend", "token", "secret:chat/token");

        forms.write(new Entry(PID, "family", settings));

        assertThat(forms.entries(PID)).containsExactly(new Entry(PID, "family", settings));
        assertThat(folder.resolve(PID + "-family.cfg")).exists();
    }

    @Test
    void a_change_keeps_comments_and_takes_out_what_is_left_empty() throws IOException {
        Path file = folder.resolve(PID + "-family.cfg");
        Files.writeString(file, "# Ours.\nurl = http://a\nmode = safe\n");

        forms.write(new Entry(PID, "family", Map.of("url", "http://b", "mode", "")));

        assertThat(file).content().isEqualTo("# Ours.\nurl = http://b\n");
    }

    @Test
    void what_is_not_allowed_is_refused_and_changes_nothing() throws IOException {
        refused(PID, "family", Map.of("token", "hunter2")).withMessageNotContaining("hunter2");
        refused(PID, "family", Map.of("mode", "slow")).withMessageContaining("one of fast, safe");
        refused(PID, "family", Map.of("colour", "red")).withMessageContaining("url, token, mode");
        refused(PID, "family", Map.of("url", "${karaf.home}")).withMessageContaining("${");
        refused(PID, "../family", Map.of()).withMessageContaining("A name takes");
        refused("org.hearthwatch.store", "x", Map.of()).withMessageContaining("No installed bundle");
        assertThat(folder).isEmptyDirectory();
    }

    private ThrowableAssertAlternative<?> refused(String pid, String name, Map<String, String> settings) {
        return assertThatIllegalArgumentException().isThrownBy(() -> forms.write(new Entry(pid, name, settings)));
    }

    @Test
    void a_secret_written_by_hand_or_under_a_name_nobody_knows_is_not_carried_on() throws IOException {
        Files.writeString(
                folder.resolve(PID + "-family.cfg"),
                "url = http://a\ntoken = hunter2hunter2\ntokne = hunter2hunter2\n");

        assertThat(forms.entries(PID)).containsExactly(new Entry(PID, "family", Map.of("url", "http://a")));
    }

    @Test
    void one_that_is_deleted_is_gone() throws IOException {
        forms.write(new Entry(PID, "family", Map.of("url", "http://a")));

        assertThat(forms.delete(PID, "family")).isTrue();
        assertThat(forms.delete(PID, "family")).isFalse();
        assertThat(forms.entries(PID)).isEmpty();
    }
}
