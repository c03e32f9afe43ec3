package org.hearthwatch.collector.external;

/** What keeps a program apart. */
public enum Isolation {
    /** A transient unit of systemd: a user of its own, memory and tasks counted by the kernel, a read-only system. */
    SYSTEMD,
    /** Bubblewrap: namespaces of its own, a read-only system without the appliance's home. */
    BUBBLEWRAP,
    /** Limits on memory, files and time alone, as there is nothing better here. */
    LIMITS;

    /** Whether the kernel keeps the program from what it was not given. */
    public boolean isBoundary() {
        return this != LIMITS;
    }
}
