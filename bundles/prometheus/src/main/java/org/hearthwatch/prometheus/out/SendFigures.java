package org.hearthwatch.prometheus.out;

import java.util.concurrent.atomic.LongAdder;

/** How sending to one endpoint goes. Thread-safe. */
public final class SendFigures {

    public final LongAdder sent = new LongAdder();
    public final LongAdder failed = new LongAdder();
    public final LongAdder droppedOld = new LongAdder();
    public final LongAdder droppedRelabelled = new LongAdder();
    public final LongAdder lostMillis = new LongAdder();
    public final LongAdder retries = new LongAdder();
    public final LongAdder bytes = new LongAdder();
}
