package org.hearthwatch.collector.host.disk;

/**
 * One mounted file system.
 *
 * @param point where, as seen from the root of the machine
 * @param readOnly whether it is mounted for reading only, or fell back to that after an error
 */
record Mount(String device, String major, String minor, String point, String type, boolean readOnly) {}
