package org.hearthwatch.http.jetty;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How fast connections from one address may come: a bucket for each address, filled at the rate and as large as a few seconds of
 * it, so that a browser that opens many at once is served. Of the addresses heard of last a bounded number is remembered; one
 * that was forgotten begins with a full bucket. For one thread.
 */
final class ArrivalRate {

    private static final int REMEMBERED = 4096;
    private static final int SECONDS_AT_ONCE = 3;

    private final double perNano;
    private final double most;
    private final LongSupplier nanos;
    private final Map<InetAddress, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Bucket> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Bucket(double level, long at) {}

    /** @param nanos a clock that only runs forward */
    ArrivalRate(int perSecond, LongSupplier nanos) {
        this.perNano = perSecond / 1e9;
        this.most = (double) perSecond * SECONDS_AT_ONCE;
        this.nanos = nanos;
    }

    /** Whether one more may come now. */
    boolean admits(InetAddress from) {
        long now = nanos.getAsLong();
        Bucket before = buckets.getOrDefault(from, new Bucket(most, now));
        double level = Math.min(most, before.level() + (now - before.at()) * perNano);
        boolean admitted = level >= 1;
        buckets.put(from, new Bucket(admitted ? level - 1 : level, now));
        return admitted;
    }
}
