package org.hearthwatch.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where the evolving key is kept: two places of 64 bytes, written in turn, so that one of them is whole whenever the
 * machine stops. A place is the sequence (8 bytes), the key (32) and the first 24 bytes of their SHA-256.
 */
final class KeyFile implements Closeable {

    private static final int PLACE = 64;
    private static final int CHECKED = Long.BYTES + Hashes.BYTES;

    private final FileChannel file;

    KeyFile(Path path) throws IOException {
        file = PrivateFiles.open(path);
    }

    /** The newest key that is whole; empty in a new file. */
    Optional<EvolvingKey> read() throws IOException {
        Optional<EvolvingKey> first = read(0);
        Optional<EvolvingKey> second = read(1);
        if (first.isPresent() && second.isPresent()) {
            return first.get().sequence() > second.get().sequence() ? first : second;
        }
        return first.isPresent() ? first : second;
    }

    private Optional<EvolvingKey> read(int place) throws IOException {
        var bytes = ByteBuffer.allocate(PLACE);
        file.read(bytes, (long) place * PLACE);
        byte[] whole = bytes.array();
        if (bytes.hasRemaining() || !Arrays.equals(check(whole), Arrays.copyOfRange(whole, CHECKED, PLACE))) {
            return Optional.empty();
        }
        return Optional.of(new EvolvingKey(
                Arrays.copyOfRange(whole, Long.BYTES, CHECKED),
                ByteBuffer.wrap(whole).getLong()));
    }

    /** Keeps a key in place of the one before the last. */
    void write(EvolvingKey key) throws IOException {
        byte[] place = ByteBuffer.allocate(PLACE)
                .putLong(key.sequence())
                .put(key.bytes())
                .array();
        System.arraycopy(check(place), 0, place, CHECKED, PLACE - CHECKED);
        PrivateFiles.write(file, ByteBuffer.wrap(place), (key.sequence() & 1) * PLACE);
        file.force(false);
    }

    private static byte[] check(byte[] place) {
        return Arrays.copyOf(Hashes.sha256(Arrays.copyOf(place, CHECKED)), PLACE - CHECKED);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
