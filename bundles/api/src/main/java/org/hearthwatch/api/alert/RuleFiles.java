package org.hearthwatch.api.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The rule files of {@code etc/rules}, with the versions before. What is changed here holds within seconds; what people
 * change with an editor instead is seen too, but its former text is known only if it was here once. Whoever lets people
 * change something records that in the audit log first. Thread-safe.
 */
@ProviderType
public interface RuleFiles {

    /** The files there are, by name. */
    List<Entry> list();

    /**
     * The text of a file.
     *
     * @throws AlertingRefusal if there is none of this name, or it cannot be read
     */
    String read(String name) throws AlertingRefusal;

    /** What is wrong with a text, each with line and column; empty if it can be used. */
    List<String> check(String text);

    /**
     * Makes or replaces a file.
     *
     * @param name such as {@code house.yml}; letters, digits, dots, dashes and underscores
     * @param by who does it
     * @param comment why; may be empty
     * @throws AlertingRefusal if the text or the name is not allowed; nothing is changed then
     */
    void write(String name, String text, String by, String comment) throws AlertingRefusal;

    /**
     * Deletes a file; its versions stay.
     *
     * @throws AlertingRefusal if there is none of this name
     */
    void delete(String name, String by, String comment) throws AlertingRefusal;

    /** The versions of a file that are known, the newest first; also of one that was deleted. */
    List<Version> history(String name) throws AlertingRefusal;

    /**
     * A file.
     *
     * @param bytes how long it is
     * @param changed when it was last changed
     */
    record Entry(String name, long bytes, Instant changed) {}

    /**
     * A version.
     *
     * @param number from 1
     * @param text empty if that was when the file was deleted
     */
    record Version(int number, Instant at, String by, String comment, Optional<String> text) {}
}
