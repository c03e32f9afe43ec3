package org.hearthwatch.collector.host.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.hearthwatch.collector.host.kernel.KernelText;
import org.hearthwatch.collector.host.kernel.MalformedException;
import org.junit.jupiter.api.Test;

class MountTableTest {

    private static List<Mount> parse(String text) throws MalformedException {
        return MountTable.parse(KernelText.of(text), 100);
    }

    @Test
    void any_number_of_optional_fields_may_stand_before_the_hyphen() throws Exception {
        assertThat(parse("36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 shared:2 - ext3 /dev/root rw,errors=continue\n"
                        + "37 35 98:1 / /mnt3 rw - xfs /dev/sdb rw"))
                .containsExactly(
                        new Mount("/dev/root", "98", "0", "/mnt2", "ext3", false),
                        new Mount("/dev/sdb", "98", "1", "/mnt3", "xfs", false));
    }

    @Test
    void read_only_is_what_the_mount_or_the_file_system_says() throws Exception {
        assertThat(parse("1 1 8:1 / /a ro,relatime - ext4 x rw\n1 1 8:1 / /b rw - ext4 x ro,errors=remount-ro\n"
                        + "1 1 8:1 / /c rw - ext4 x rw,emergency_ro\n1 1 8:1 / /d rw,rot,pro - ext4 x errors=ro"))
                .extracting(Mount::readOnly)
                .containsExactly(true, true, true, false);
    }

    @Test
    void escaped_bytes_are_resolved() throws Exception {
        assertThat(parse("1 1 8:1 / /my\\040disk\\011\\134\\012end\\999 rw - ext4 x rw")
                        .get(0)
                        .point())
                .isEqualTo("/my disk\t\\\nend\\999");
    }

    @Test
    void no_more_than_asked_for_is_read() throws Exception {
        assertThat(MountTable.parse(KernelText.of("1 1 8:1 / /a rw - ext4 x rw\n".repeat(50)), 7))
                .hasSize(7);
    }

    @Test
    void a_line_that_is_something_else_is_refused() {
        for (String bad : List.of("junk", "1 1 x / /a rw - ext4 x rw", "1 1 8:1 / /a rw shared:1", "1 1 8:1")) {
            assertThatExceptionOfType(MalformedException.class).as(bad).isThrownBy(() -> parse(bad));
        }
    }
}
