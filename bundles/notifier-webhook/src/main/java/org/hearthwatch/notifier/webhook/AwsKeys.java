package org.hearthwatch.notifier.webhook;

import java.util.Optional;

/**
 * What requests to Amazon are signed with.
 *
 * @param region such as {@code eu-central-1}
 * @param service such as {@code sns}
 * @param token of a session, if the keys are of one
 */
public record AwsKeys(
        String region, String service, SecretText accessKey, SecretText secretKey, Optional<SecretText> token) {}
