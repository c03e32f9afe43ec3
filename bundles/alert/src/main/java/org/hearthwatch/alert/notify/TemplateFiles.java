package org.hearthwatch.alert.notify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthwatch.alert.template.AlertmanagerFunctions;
import org.hearthwatch.alert.template.Template;
import org.hearthwatch.alert.template.TemplateException;

/**
 * The files of templates that texts may call, ours first so that others can replace what they define.
 *
 * @param entries in the order they are read
 */
public record TemplateFiles(List<Entry> entries) {

    /** Those that are always there, by Alertmanager's names. */
    public static final TemplateFiles DEFAULT = new TemplateFiles(List.of(new Entry("default.tmpl", shipped())));

    /** A file. */
    public record Entry(String name, String text) {}

    public TemplateFiles {
        entries = List.copyOf(entries);
    }

    /** The shipped ones and some more. */
    public static TemplateFiles with(List<Entry> more) {
        var all = new ArrayList<>(DEFAULT.entries());
        all.addAll(more);
        return new TemplateFiles(all);
    }

    /** What is wrong with the first file that cannot be read. */
    public Optional<String> problem() {
        var functions = AlertmanagerFunctions.of(InstantSource.fixed(Instant.EPOCH), Map.of(), false);
        for (Entry entry : entries) {
            try {
                Template unused = Template.parse(entry.name(), entry.text(), List.of(), functions);
            } catch (TemplateException e) {
                return Optional.of(e.reason());
            }
        }
        return Optional.empty();
    }

    private static String shipped() {
        try (InputStream resource = TemplateFiles.class.getResourceAsStream("default.tmpl")) {
            if (resource == null) {
                throw new IllegalStateException("default.tmpl is missing from the bundle");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("default.tmpl cannot be read", e);
        }
    }
}
