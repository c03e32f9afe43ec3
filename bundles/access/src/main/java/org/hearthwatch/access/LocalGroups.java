package org.hearthwatch.access;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.hearthwatch.access.AccessState.GroupRecord;
import org.hearthwatch.api.access.Group;
import org.hearthwatch.api.access.Groups;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The groups of this appliance; named like users. */
final class LocalGroups implements Groups {

    static final int MOST_GROUPS = 50;
    private static final Logger LOG = LoggerFactory.getLogger(LocalGroups.class);

    private final Accounts accounts;

    LocalGroups(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public List<Group> list() {
        AccessState state = accounts.state();
        return state.groups().stream()
                .map(group -> new Group(
                        group.name(),
                        group.roles(),
                        state.users().stream()
                                .filter(user -> user.groups().contains(group.name()))
                                .map(UserRecord::name)
                                .sorted()
                                .toList()))
                .sorted(Comparator.comparing(Group::name))
                .toList();
    }

    @Override
    public void add(String name, Set<Role> roles) throws Refusal {
        String canonical = UserName.of(name);
        accounts.change(state -> {
            if (state.group(canonical).isPresent()) {
                throw new Refusal(Refusal.Kind.EXISTS, "There is a group " + canonical + " already.");
            }
            if (state.groups().size() >= MOST_GROUPS) {
                throw new Refusal(Refusal.Kind.INVALID, "There are " + MOST_GROUPS + " groups, more are not allowed.");
            }
            return state.with(new GroupRecord(canonical, roles));
        });
        LOG.info("Group {} was added", canonical);
    }

    @Override
    public void changeRoles(String name, Set<Role> roles) throws Refusal {
        String canonical = UserName.of(name);
        accounts.change(
                state -> state.with(new GroupRecord(existing(state, canonical).name(), roles)));
        LOG.info("Group {} has other roles now", canonical);
    }

    @Override
    public void remove(String name) throws Refusal {
        String canonical = UserName.of(name);
        accounts.change(state -> state.withoutGroup(existing(state, canonical).name()));
        LOG.info("Group {} was removed", canonical);
    }

    @Override
    public void join(String group, String user) throws Refusal {
        member(group, user, true);
    }

    @Override
    public void leave(String group, String user) throws Refusal {
        member(group, user, false);
    }

    private void member(String group, String user, boolean in) throws Refusal {
        String groupName = UserName.of(group);
        String userName = UserName.of(user);
        accounts.change(state -> {
            existing(state, groupName);
            return state.with(LocalUsers.existing(state, userName).inGroup(groupName, in));
        });
        LOG.info("User {} is {} group {}", userName, in ? "in" : "no longer in", groupName);
    }

    private static GroupRecord existing(AccessState state, String name) throws Refusal {
        return state.group(name)
                .orElseThrow(() -> new Refusal(Refusal.Kind.UNKNOWN, "There is no group " + name + "."));
    }
}
