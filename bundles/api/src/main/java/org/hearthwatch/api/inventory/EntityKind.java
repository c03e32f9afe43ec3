package org.hearthwatch.api.inventory;

import java.util.Arrays;
import java.util.Optional;

/** What sort of thing an entity is. */
public enum EntityKind {
    SITE("site"),
    CLUSTER("cluster"),
    /** A machine with an operating system of its own: a node of a cluster, a server, what runs within a guest. */
    HOST("host"),
    /** A virtual machine or system container as its hypervisor sees it. */
    GUEST("guest"),
    CONTAINER("container"),
    /** A program that answers: a scrape target, something that is probed, a systemd unit. */
    SERVICE("service"),
    FILESYSTEM("filesystem"),
    POOL("pool"),
    DISK("disk"),
    INTERFACE("interface"),
    UPS("ups");

    private final String word;

    EntityKind(String word) {
        this.word = word;
    }

    /** As people write it. */
    public String word() {
        return word;
    }

    /** The kind of a word. */
    public static Optional<EntityKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }
}
