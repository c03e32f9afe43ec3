package org.hearthwatch.alert.nflog;

/**
 * What a channel knows of a group.
 *
 * @param channel the channel's id, such as {@code ops/email[0]}
 * @param group the group's key
 */
public record Slot(String channel, String group) {}
