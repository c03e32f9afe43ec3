package org.hearthwatch.secret.memory;

import java.util.Arrays;
import org.hearthwatch.secret.crypto.Wiped;

/** A key in the Java heap: what is left where the kernel offers nothing better. A heap dump shows it. */
public final class HeapPage implements KeyPage {

    private final byte[] key = new byte[BYTES];

    @Override
    public void put(byte[] bytes) {
        System.arraycopy(bytes, 0, key, 0, BYTES);
    }

    @Override
    public Wiped get() {
        return new Wiped(key.clone());
    }

    @Override
    public String kind() {
        return "Java heap";
    }

    @Override
    public void close() {
        Arrays.fill(key, (byte) 0);
    }
}
