package org.hearthwatch.alert.delivery;

import java.time.Duration;

/**
 * What holds for all channels.
 *
 * @param deadline within which a message has to be taken
 * @param messages how many a channel carries within the span; 0 for any number
 * @param span see there
 */
public record CourierSettings(Duration deadline, int messages, Duration span) {

    /** Half a minute, and no limit. */
    public static final CourierSettings DEFAULT = new CourierSettings(Duration.ofSeconds(30), 0, Duration.ZERO);

    RateLimit.Limit limit() {
        return new RateLimit.Limit(messages, span);
    }
}
