package org.hearthwatch.plugin;

import java.time.Instant;

/**
 * The record of an administrator's word for certain bytes.
 *
 * @param sha256 of the file, in lower-case hexadecimal
 * @param file its name at that time
 * @param symbolicName the bundle's
 * @param version the bundle's
 * @param approver who said so
 */
public record Approval(
        String sha256, String file, String symbolicName, String version, String approver, Instant time) {}
