package org.hearthwatch.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.hearthwatch.api.access.Refusal;

/**
 * Makes guessing slow. Failed attempts are counted three ways:
 *
 * <ul>
 *   <li>of one name from one origin: after the free ones each further one waits 1, 2, 4 ... seconds, up to the longest wait;
 *   <li>of all names from one origin: the same after four times as many, so that trying one password on many names is slow;
 *   <li>of one name from everywhere: after {@value #FREE_FROM_EVERYWHERE} in an hour, {@value #SECONDS_FROM_EVERYWHERE} s
 *       between attempts. It never grows, so that nobody can shut another person out from afar.
 * </ul>
 *
 * An origin is an IPv4 /24 or an IPv6 /64 network, the least an attacker has. What is turned away is not counted. The
 * number of counters is bounded; the least recently used goes first. Thread-safe.
 */
final class Attempts {

    static final int FREE_FROM_EVERYWHERE = 20;
    static final int SECONDS_FROM_EVERYWHERE = 5;
    static final int MOST_COUNTERS = 10_000;
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

    private final InstantSource clock;
    private final IntSupplier free;
    private final Supplier<Duration> longestWait;
    private final Map<String, Failures> counters = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > MOST_COUNTERS;
        }
    };

    Attempts(InstantSource clock, IntSupplier free, Supplier<Duration> longestWait) {
        this.clock = clock;
        this.free = free;
        this.longestWait = longestWait;
    }

    /** @throws Refusal saying how long to wait, if it is too early for another attempt */
    synchronized void admit(String name, String origin) throws Refusal {
        Instant now = clock.instant();
        String network = network(origin);
        Duration wait = longer(
                remaining("pair " + name + " " + network, growing(free.getAsInt()), now),
                longer(
                        remaining("origin " + network, growing(4 * free.getAsInt()), now),
                        remaining("name " + name, Attempts::steady, now)));
        if (!wait.isZero()) {
            long seconds = wait.toSeconds() + 1;
            throw new Refusal(
                    Refusal.Kind.TOO_MANY_ATTEMPTS,
                    "Too many attempts failed; try again in " + seconds + " s.",
                    Duration.ofSeconds(seconds));
        }
    }

    synchronized void failed(String name, String origin) {
        Instant now = clock.instant();
        String network = network(origin);
        count("pair " + name + " " + network, now);
        count("origin " + network, now);
        count("name " + name, now);
    }

    /** The person is there: forgets the failures of this name from this origin. */
    synchronized void succeeded(String name, String origin) {
        counters.remove("pair " + name + " " + network(origin));
    }

    /** Forgets the failures of a name from everywhere. */
    synchronized void forget(String name) {
        counters.keySet().removeIf(key -> key.equals("name " + name) || key.startsWith("pair " + name + " "));
    }

    /** How many counters there are. */
    synchronized int size() {
        return counters.size();
    }

    private void count(String key, Instant now) {
        Failures before = counters.get(key);
        int failures = before == null || before.isForgotten(now) ? 1 : before.count() + 1;
        counters.put(key, new Failures(Math.min(failures, 1_000_000), now));
    }

    private Duration remaining(String key, Waiting waiting, Instant now) {
        Failures failures = counters.get(key);
        if (failures == null || failures.isForgotten(now)) {
            return Duration.ZERO;
        }
        // A clock that was set back must not stretch the wait.
        Instant last = failures.last().isAfter(now) ? now : failures.last();
        Duration left = Duration.between(now, last.plus(waiting.after(failures.count())));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Waiting growing(int freeOnes) {
        return failures -> {
            if (failures < freeOnes) {
                return Duration.ZERO;
            }
            Duration wait = Duration.ofSeconds(1L << Math.min(failures - freeOnes, 30));
            Duration longest = longestWait.get();
            return wait.compareTo(longest) > 0 ? longest : wait;
        };
    }

    private static Duration steady(int failures) {
        return failures < FREE_FROM_EVERYWHERE ? Duration.ZERO : Duration.ofSeconds(SECONDS_FROM_EVERYWHERE);
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /** The network of a numeric address; no name is ever looked up. */
    static String network(String origin) {
        if (origin.indexOf(':') >= 0) {
            try {
                InetAddress address = InetAddress.getByName(origin);
                if (address instanceof Inet6Address && !address.isLoopbackAddress()) {
                    return HexFormat.of().formatHex(address.getAddress(), 0, 8);
                }
                return address.getHostAddress();
            } catch (UnknownHostException e) {
                return origin;
            }
        }
        int lastDot = origin.lastIndexOf('.');
        return lastDot < 0 ? origin : origin.substring(0, lastDot);
    }

    private record Failures(int count, Instant last) {
        boolean isForgotten(Instant now) {
            return now.isAfter(last.plus(FORGOTTEN_AFTER));
        }
    }

    @FunctionalInterface
    private interface Waiting {
        Duration after(int failures);
    }
}
