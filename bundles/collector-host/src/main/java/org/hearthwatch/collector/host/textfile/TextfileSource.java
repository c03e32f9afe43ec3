package org.hearthwatch.collector.host.textfile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.api.metric.MetricType;
import org.hearthwatch.api.text.TextFamily;
import org.hearthwatch.api.text.TextParser;
import org.hearthwatch.collector.host.LeftOut;
import org.hearthwatch.collector.host.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Metrics that cron jobs and scripts leave in {@code *.prom} files: the classic way for SMART values, pending updates,
 * ages of backups. A file that cannot be understood is left out as a whole and told of in
 * {@code node_textfile_scrape_error}; the others go on. Where two files disagree on a metric, the first in the order of
 * names holds: its help counts, and another type is left out. A file that did not change is not parsed again.
 */
public final class TextfileSource implements Source {

    static final Gauge MODIFIED =
            Gauge.of("node_textfile_mtime_seconds", "When the file was last changed, in Unix time", "file");
    static final Gauge ERROR = Gauge.of(
            "node_textfile_scrape_error", "1 if a file could not be read, understood or reported as a whole, else 0");

    private static final Logger LOG = LoggerFactory.getLogger(TextfileSource.class);
    private static final String SUFFIX = ".prom";

    private final List<Path> directories;
    private final Limits limits;
    private final LeftOut leftOut;
    private Map<Path, Parsed> parsed = new HashMap<>();
    private Map<Path, String> complaints = new HashMap<>();

    /**
     * Bounds.
     *
     * @param files how many files at most
     * @param bytes how large a file may be
     * @param samples how many samples a file may have
     */
    public record Limits(int files, long bytes, int samples) {}

    /** @param directories where the files are; none means that nothing is looked for */
    public TextfileSource(List<Path> directories, Limits limits, LeftOut leftOut) {
        this.directories = List.copyOf(directories);
        this.limits = limits;
        this.leftOut = leftOut;
    }

    @Override
    public void read(SampleSink sink) throws IOException, InterruptedException {
        Map<Path, Parsed> now = new HashMap<>();
        Map<Path, String> complaintsNow = new HashMap<>();
        var good = new ArrayList<Parsed>();
        for (Path directory : directories) {
            for (Path file : filesIn(directory, complaintsNow)) {
                if (now.size() == limits.files) {
                    leftOut.add("textfile_files", 1);
                    continue;
                }
                Parsed content = parse(file);
                now.put(file, content);
                if (content.error.isEmpty()) {
                    good.add(content);
                } else {
                    complaintsNow.put(file, content.error);
                }
            }
        }
        parsed = now;
        report(good, complaintsNow, sink);
        sink.set(ERROR, complaintsNow.isEmpty() ? 0 : 1);
        complaintsNow.forEach((path, complaint) -> {
            if (!complaint.equals(complaints.get(path))) {
                LOG.warn("Metrics in {} are left out: {}", path, complaint);
            }
        });
        complaints = complaintsNow;
    }

    private static List<Path> filesIn(Path directory, Map<Path, String> complaints) {
        var files = new ArrayList<Path>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            entries.forEach(files::add);
        } catch (IOException | DirectoryIteratorException e) {
            complaints.put(directory, "the directory cannot be listed: " + e);
        }
        files.sort(null);
        return files;
    }

    private Parsed parse(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            // A pipe would be waited for, a device may never end.
            if (!attributes.isRegularFile()) {
                return Parsed.failed(file, "no regular file");
            }
            if (attributes.size() > limits.bytes) {
                return Parsed.failed(file, "larger than " + limits.bytes + " bytes");
            }
            Instant modified = attributes.lastModifiedTime().toInstant();
            Parsed before = parsed.get(file);
            if (before != null && before.isOf(modified, attributes)) {
                return before;
            }
            String text = read(file);
            return new Parsed(file, modified, identity(attributes), TextParser.parse(text, limits.samples), "");
        } catch (IOException e) {
            String message = e.getMessage();
            return Parsed.failed(file, message == null ? e.toString() : message);
        }
    }

    private String read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes((int) limits.bytes + 1);
            if (bytes.length > limits.bytes) {
                throw new IOException("larger than " + limits.bytes + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static String identity(BasicFileAttributes attributes) {
        return attributes.size() + "/" + attributes.fileKey();
    }

    private static void report(List<Parsed> good, Map<Path, String> complaints, SampleSink sink) {
        Map<String, MetricType> types = new HashMap<>();
        Map<String, String> help = new HashMap<>();
        for (Parsed content : good) {
            for (TextFamily family : content.families) {
                MetricType first = types.putIfAbsent(family.name(), family.type());
                if (first != null && first != family.type()) {
                    complaints.put(
                            content.file,
                            family.name() + " is a " + family.type().word() + " here but a " + first.word()
                                    + " in a file before");
                    continue;
                }
                String text = help.computeIfAbsent(
                        family.name(),
                        name -> family.help().filter(own -> !own.isBlank()).orElse("Metric read from " + content.file));
                try {
                    family.report(text, sink);
                } catch (IllegalArgumentException e) {
                    complaints.put(content.file, family.name() + ": " + e.getMessage());
                }
            }
            sink.set(MODIFIED, (double) content.modified.getEpochSecond(), content.file.toString());
        }
    }

    /** A file as it was last read. */
    private record Parsed(Path file, Instant modified, String identity, Collection<TextFamily> families, String error) {

        static Parsed failed(Path file, String error) {
            return new Parsed(file, Instant.EPOCH, "", List.of(), error);
        }

        boolean isOf(Instant time, BasicFileAttributes attributes) {
            return error.isEmpty() && modified.equals(time) && identity.equals(TextfileSource.identity(attributes));
        }
    }
}
