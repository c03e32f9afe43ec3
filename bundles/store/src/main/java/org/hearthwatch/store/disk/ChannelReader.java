package org.hearthwatch.store.disk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads a file by a channel. A thread that is interrupted while it reads closes the channel for all others, as channels
 * are; then the file is opened again, and the interrupt stays pending.
 */
final class ChannelReader implements DiskReader {

    private final Path file;
    private final long size;
    private volatile FileChannel channel;
    private boolean closed;

    ChannelReader(Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            this.size = channel.size();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void read(long at, ByteBuffer into) throws IOException {
        boolean interrupted = false;
        int begun = into.position();
        try {
            while (into.hasRemaining()) {
                FileChannel now = channel;
                // An interrupted read may have filled a part of the buffer.
                long place = at + into.position() - begun;
                try {
                    if (now.read(into, place) < 0) {
                        throw new EOFException("The file " + file + " ends at " + place);
                    }
                } catch (ClosedChannelException e) {
                    interrupted |= Thread.interrupted();
                    reopen(now, e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void reopen(FileChannel lost, ClosedChannelException cause) throws IOException {
        if (closed) {
            throw cause;
        }
        if (channel == lost) {
            channel = FileChannel.open(file, StandardOpenOption.READ);
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }
}
