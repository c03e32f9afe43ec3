package org.hearthwatch.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApprovalsTest {

    private static final Approval ONE =
            new Approval("aa", "one.jar", "com.example.one", "1.0.0", "ada", TestClock.START);
    private static final Approval TWO =
            new Approval("bb", "two.jar", "com.example.two", "2.0.0", "bob \"the\" \n builder", TestClock.START);

    @TempDir
    Path folder;

    Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("approved.json");
    }

    @Test
    void are_there_again_after_a_restart() throws Exception {
        var approvals = new Approvals(file);
        approvals.add(ONE);
        approvals.add(TWO);

        assertThat(new Approvals(file).find("aa")).contains(ONE);
        assertThat(new Approvals(file).find("bb")).contains(TWO);
    }

    @Test
    void one_that_was_removed_is_gone() throws Exception {
        var approvals = new Approvals(file);
        approvals.add(ONE);
        approvals.add(TWO);
        approvals.remove("aa");

        assertThat(new Approvals(file).find("aa")).isEmpty();
        assertThat(new Approvals(file).find("bb")).isPresent();
    }

    @Test
    void a_damaged_file_approves_nothing_and_is_kept_aside() throws Exception {
        Files.writeString(file, "{\"approved\":[{\"sha256\":\"aa\"");

        assertThat(new Approvals(file).find("aa")).isEmpty();
        assertThat(folder.resolve("approved.json.damaged")).exists();
        assertThat(file).doesNotExist();
    }

    @Test
    void an_approval_without_a_time_counts_as_damage() throws Exception {
        Files.writeString(file, "{\"approved\":[{\"sha256\":\"aa\",\"file\":\"a\"}]}");

        assertThat(new Approvals(file).find("aa")).isEmpty();
        assertThat(folder.resolve("approved.json.damaged")).exists();
    }
}
