package org.hearthwatch.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupRoleTest {

    @Test
    void a_group_may_have_an_equals_sign_in_its_name() {
        assertThat(GroupRole.parse(" cn=crew = viewer ")).isEqualTo(new GroupRole("cn=crew", Role.VIEWER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "=admin", " = admin", "crew=king", "crew=", ""})
    void no_role_comes_of_half_a_pair(String text) {
        assertThatThrownBy(() -> GroupRole.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_group_has_all_roles_it_is_given() {
        assertThat(GroupRole.byGroup(List.of(
                        new GroupRole("crew", Role.VIEWER),
                        new GroupRole("crew", Role.AUDITOR),
                        new GroupRole("chiefs", Role.ADMIN))))
                .containsEntry("crew", Set.of(Role.VIEWER, Role.AUDITOR))
                .containsEntry("chiefs", Set.of(Role.ADMIN))
                .hasSize(2);
    }
}
