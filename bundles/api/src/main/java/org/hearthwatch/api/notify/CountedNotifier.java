package org.hearthwatch.api.notify;

/** A notifier that tells how each delivery went. Thread-safe if the notifier and the tally are. */
public final class CountedNotifier implements Notifier {

    private final Notifier notifier;
    private final Tally tally;

    /** Takes {@code taken}, {@code passing} or {@code lasting} (another try may help, or not), and how long it took. */
    @FunctionalInterface
    public interface Tally {
        void add(String outcome, long nanos);
    }

    public CountedNotifier(Notifier notifier, Tally tally) {
        this.notifier = notifier;
        this.tally = tally;
    }

    @Override
    public String name() {
        return notifier.name();
    }

    @Override
    public String kind() {
        return notifier.kind();
    }

    @Override
    public String deliver(Notification notification) throws DeliveryException, InterruptedException {
        long begun = System.nanoTime();
        String outcome = "passing";
        try {
            String said = notifier.deliver(notification);
            outcome = "taken";
            return said;
        } catch (DeliveryException e) {
            outcome = e.retryable() ? "passing" : "lasting";
            throw e;
        } finally {
            tally.add(outcome, System.nanoTime() - begun);
        }
    }
}
