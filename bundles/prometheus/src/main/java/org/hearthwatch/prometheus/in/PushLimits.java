package org.hearthwatch.prometheus.in;

import java.time.Duration;

/**
 * What senders may ask of us.
 *
 * @param bodyBytes the longest request body, as sent
 * @param unpackedBytes the longest body once unpacked
 * @param samplesPerRequest how many samples one request may bring
 * @param samplesPerSecond how many samples one sender may bring in a second, on the average of ten
 * @param seriesPerSender how many different series one sender may send within an hour
 * @param memoryBytes what all requests that are being read may hold together
 * @param patience how long a request waits for its samples to be on disk, and for its turn
 */
public record PushLimits(
        long bodyBytes,
        long unpackedBytes,
        int samplesPerRequest,
        int samplesPerSecond,
        int seriesPerSender,
        long memoryBytes,
        Duration patience) {

    public static final PushLimits USUAL =
            new PushLimits(8 << 20, 32 << 20, 200_000, 100_000, 200_000, 64 << 20, Duration.ofSeconds(10));
}
