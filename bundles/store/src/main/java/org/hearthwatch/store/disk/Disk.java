package org.hearthwatch.store.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The store's directory, as far as the store uses one. Names are relative with {@code /} between folder and file.
 * Nothing but {@link DiskFile#force()} and {@link #forceDirectory} promises that a crash of the machine leaves what was
 * done before. Thread-safe.
 */
public interface Disk {

    /** Where this is, for messages. */
    String location();

    /** The files of a folder in name order; none where there is no such folder. */
    List<String> list(String folder) throws IOException;

    /** The folders in a folder in name order. */
    List<String> folders(String folder) throws IOException;

    /** Makes a folder with those above it; nothing happens where it is there. */
    void makeFolder(String folder) throws IOException;

    boolean exists(String name);

    long size(String name) throws IOException;

    /** A whole file. */
    byte[] read(String name) throws IOException;

    /** Opens a file for reading at any place. It can be read to the end though it be deleted meanwhile. */
    DiskReader open(String name) throws IOException;

    /** Makes a file that is not there yet and opens it for writing. */
    DiskFile create(String name) throws IOException;

    /** Opens a file that is there for writing at its end. */
    DiskFile append(String name) throws IOException;

    /**
     * Gives a file a second name elsewhere.
     *
     * @return whether that could be done; where the file system cannot, it must be copied
     */
    boolean link(String name, Path target) throws IOException;

    /** Makes durable what another process wrote to a file and perhaps did not. */
    void force(String name) throws IOException;

    /** Cuts a file and makes that durable. */
    void truncate(String name, long size) throws IOException;

    /** Gives a file another name, in one step in place of what had that name. */
    void rename(String from, String to) throws IOException;

    /** Removes a file; nothing happens where there is none. */
    void delete(String name) throws IOException;

    /** Makes names made, changed and removed in a folder durable. */
    void forceDirectory(String folder) throws IOException;

    /** How much may still be written. */
    long usableBytes() throws IOException;

    /** Whether an operation failed because there is no space left. */
    boolean isFull(IOException failure);

    /**
     * Takes the directory for this process alone.
     *
     * @throws DirectoryInUseException if another one, or another store of this one, has it
     */
    Closeable lock(String name) throws IOException;
}
