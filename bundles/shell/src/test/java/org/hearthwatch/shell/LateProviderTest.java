package org.hearthwatch.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LateProviderTest {

    private final AtomicInteger made = new AtomicInteger();
    private final Provider whole = Security.getProvider("SUN");
    private final Provider late = new LateProvider("Late", () -> {
        made.incrementAndGet();
        return whole;
    });

    @Test
    void is_made_whole_only_when_something_is_asked_of_it() throws Exception {
        assertThat(late.getName()).isEqualTo("Late");
        assertThat(made).hasValue(0);

        MessageDigest.getInstance("SHA-256", late);
        MessageDigest.getInstance("SHA-512", late);

        assertThat(made).hasValue(1);
    }

    @Test
    void offers_what_the_whole_one_offers() {
        assertThat(late.getServices()).isEqualTo(whole.getServices());
        assertThat(late.getService("Signature", "none such")).isNull();
    }
}
