package org.hearthwatch.secret.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import org.hearthwatch.secret.crypto.Wiped;
import org.junit.jupiter.api.Test;

class KeyPageTest {

    @Test
    void a_page_of_the_kernel_keeps_a_key_and_gives_copies_out() {
        var opened = NativePage.open();
        assumeTrue(opened.isPresent(), "needs Linux and leave to lock a page");
        try (KeyPage page = opened.get()) {
            keeps(page);
            assertThat(page.kind()).isIn("memfd_secret page", "locked page");
        }
    }

    @Test
    void the_heap_does_where_there_is_nothing_better() {
        var page = new HeapPage();
        keeps(page);
        page.close();

        assertThat(page.get().bytes()).containsOnly(0);
    }

    private static void keeps(KeyPage page) {
        byte[] key = new byte[KeyPage.BYTES];
        Arrays.fill(key, (byte) 7);
        page.put(key);
        Arrays.fill(key, (byte) 0);
        try (Wiped copy = page.get()) {
            assertThat(copy.bytes()).containsOnly(7);
        }
        try (Wiped again = page.get()) {
            assertThat(again.bytes()).as("a copy that was wiped is not the key").containsOnly(7);
        }
    }
}
