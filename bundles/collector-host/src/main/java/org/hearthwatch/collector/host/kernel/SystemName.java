package org.hearthwatch.collector.host.kernel;

/** The answer of uname(2); see its manual page for the fields. */
public record SystemName(
        String sysname, String nodename, String release, String version, String machine, String domainname) {}
