package org.hearthwatch.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.api.alert.AlertingRefusal;
import org.hearthwatch.api.alert.RuleFiles;
import org.hearthwatch.api.config.SettingsForms;
import org.junit.jupiter.api.Test;

/** Channels and rule files, changed at the shell. */
class ChannelCommandsTest {

    private final List<SettingsForms.Entry> entries = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private final TestScreen screen =
            new TestScreen().with(SettingsForms.class, new Forms()).with(RuleFiles.class, new Shelf());

    @Test
    void a_channel_is_set_up_changed_by_single_settings_and_removed() {
        assertThat(screen.run("channel-set webhook phone kind=ntfy url=https://a/b?c=d"))
                .isZero();
        screen.run("channel-set webhook phone url=https://e token=secret:x");
        screen.run("channel-list");
        assertThat(screen.out()).contains("webhook", "phone", "kind=ntfy token=secret:x url=https://e");
        screen.run("channel-list --json");
        assertThat(screen.out()).contains("\"kind\":\"webhook\",\"name\":\"phone\"");

        assertThat(screen.run("channel-remove webhook phone")).isZero();
        assertThat(entries).isEmpty();
        assertThat(screen.run("channel-remove webhook phone")).isEqualTo(ShellCommand.FAILED);
    }

    @Test
    void what_is_not_allowed_is_told() {
        assertThat(screen.run("channel-set pigeon x a=b")).isEqualTo(ShellCommand.FAILED);
        assertThat(screen.err() + screen.out()).contains("No installed bundle");
        assertThat(screen.run("channel-set webhook x token")).isNotZero();
        assertThat(entries).isEmpty();
    }

    @Test
    void a_rule_file_is_put_from_the_standard_input_and_deleted() {
        screen.piping("groups: []");
        assertThat(screen.run("rule-put house.yml - --comment new_rules")).isZero();
        assertThat(screen.run("rule-delete house.yml")).isZero();
        assertThat(calls)
                .containsExactly("write house.yml groups: [] operator new rules", "delete house.yml operator ");
        screen.piping("bad");
        assertThat(screen.run("rule-put house.yml -")).isEqualTo(ShellCommand.FAILED);
        assertThat(screen.run("rule-put house.yml here.yml")).isNotZero();
    }

    private final class Forms implements SettingsForms {

        private static final String PID = "org.hearthwatch.notifier.webhook";

        @Override
        public List<Form> forms() {
            return List.of(
                    new Form("org.hearthwatch.probe", "Probe", "", List.of()), new Form(PID, "Web", "", List.of()));
        }

        @Override
        public List<SettingsForms.Entry> entries(String pid) {
            if (!pid.equals(PID)) {
                throw new IllegalArgumentException("No installed bundle has settings of the kind " + pid);
            }
            return List.copyOf(entries);
        }

        @Override
        public void write(SettingsForms.Entry entry) {
            delete(entry.pid(), entry.name());
            entries.add(entry);
        }

        @Override
        public boolean delete(String pid, String name) {
            return entries.removeIf(entry -> entry.equals(new SettingsForms.Entry(pid, name, entry.settings())));
        }
    }

    private final class Shelf implements RuleFiles {

        @Override
        public List<RuleFiles.Entry> list() {
            return List.of();
        }

        @Override
        public String read(String name) {
            return "";
        }

        @Override
        public List<String> check(String text) {
            return List.of();
        }

        @Override
        public void write(String name, String text, String by, String comment) throws AlertingRefusal {
            if (text.equals("bad")) {
                throw new AlertingRefusal(AlertingRefusal.Kind.INVALID, "1:1: this is bad");
            }
            calls.add("write " + name + " " + text + " " + by + " " + comment);
        }

        @Override
        public void delete(String name, String by, String comment) {
            calls.add("delete " + name + " " + by + " " + comment);
        }

        @Override
        public List<Version> history(String name) {
            return List.of();
        }
    }
}
