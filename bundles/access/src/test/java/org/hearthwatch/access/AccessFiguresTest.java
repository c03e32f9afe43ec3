package org.hearthwatch.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hearthwatch.access.AccessFixture.password;
import static org.hearthwatch.access.AccessFixture.wrong;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.api.access.Role;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.testkit.CollectorContract;
import org.hearthwatch.testkit.RecordedSamples;
import org.hearthwatch.testkit.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessFiguresTest extends CollectorContract {

    @TempDir
    Path folder;

    @Override
    protected Collector collector() {
        return AccessFixture.open(folder, TestClock.atStart()).figures();
    }

    @Test
    void counts_attempts_by_their_result() throws Exception {
        var access = AccessFixture.open(folder, TestClock.atStart());
        access.users().add("admin", Set.of(Role.ADMIN), password());
        access.sessions().signIn("admin", password(), "127.0.0.1");
        assertThatThrownBy(() -> access.sessions().signIn("admin", wrong(), "127.0.0.1"));
        access.tokens().authenticate(access.tokens().create("a", Scope.READ, Optional.empty()));
        access.tokens().authenticate(Secret.of("hwt_"));

        var samples = new RecordedSamples();
        access.figures().collect(samples);

        assertThat(samples.asMap())
                .containsEntry("hearthwatch_access_sign_ins_total{result=\"signed_in\"}", 1.0)
                .containsEntry("hearthwatch_access_sign_ins_total{result=\"wrong\"}", 1.0)
                .containsEntry("hearthwatch_access_token_checks_total{result=\"accepted\"}", 1.0)
                .containsEntry("hearthwatch_access_token_checks_total{result=\"refused\"}", 1.0)
                .containsEntry("hearthwatch_access_sessions", 1.0)
                .containsEntry("hearthwatch_access_users{role=\"admin\"}", 1.0)
                .containsEntry("hearthwatch_access_tokens{scope=\"read\"}", 1.0);
    }
}
