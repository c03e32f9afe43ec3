package org.hearthwatch.collector.host.machine;

import java.io.File;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Gauge;
import org.hearthwatch.collector.host.HostPaths;
import org.hearthwatch.collector.host.NoDataException;
import org.hearthwatch.collector.host.Source;
import org.hearthwatch.collector.host.kernel.KernelFiles;
import org.hearthwatch.collector.host.kernel.KernelText;

/** The distribution, from os-release(5). Read again only when the file changes. */
public final class OsSource implements Source {

    private static final String[] LABELS = {
        "build_id",
        "id",
        "id_like",
        "image_id",
        "image_version",
        "name",
        "pretty_name",
        "variant",
        "variant_id",
        "version",
        "version_codename",
        "version_id"
    };

    static final Gauge INFO = Gauge.of("node_os_info", "What the distribution is; the value is 1", LABELS);
    static final Gauge VERSION = Gauge.of(
            "node_os_version", "The distribution's version, major and minor, as a number", "id", "id_like", "name");
    static final Gauge SUPPORT_END =
            Gauge.of("node_os_support_end_timestamp_seconds", "When support for this version ends, in Unix time");

    private static final Pattern MAJOR_MINOR = Pattern.compile("^[0-9]{1,9}(?:\\.[0-9]{1,9})?");
    private static final int MOST_KEYS = 256;

    private final List<File> candidates;
    private final KernelFiles files;
    private Map<String, String> release = Map.of();
    private String[] labels = new String[0];
    private String stamp = "";

    public OsSource(HostPaths paths, KernelFiles files) {
        this.candidates = List.of(paths.root("/etc/os-release"), paths.root("/usr/lib/os-release"));
        this.files = files;
    }

    @Override
    public void read(SampleSink sink) throws IOException {
        File file = candidates.stream()
                .filter(File::isFile)
                .findFirst()
                .orElseThrow(() -> new NoDataException("none of " + candidates + " is there"));
        String now = file.getPath() + '@' + file.lastModified() + '+' + file.length();
        if (!now.equals(stamp)) {
            release = parse(files.read(file));
            labels = new String[LABELS.length];
            for (int i = 0; i < LABELS.length; i++) {
                labels[i] = get(LABELS[i]);
            }
            stamp = now;
        }
        sink.set(INFO, 1, labels);
        OptionalDouble version = version(get("version_id"));
        if (version.isPresent()) {
            sink.set(VERSION, version.getAsDouble(), get("id"), get("id_like"), get("name"));
        }
        String supportEnd = get("support_end");
        if (!supportEnd.isEmpty()) {
            try {
                sink.set(SUPPORT_END, (double)
                        LocalDate.parse(supportEnd).atStartOfDay().toEpochSecond(ZoneOffset.UTC));
            } catch (DateTimeParseException e) {
                throw new IOException(file + ": SUPPORT_END=" + supportEnd + " is no date such as 2028-06-30", e);
            }
        }
    }

    private String get(String key) {
        return release.getOrDefault(key, "");
    }

    static OptionalDouble version(String versionId) {
        Matcher matcher = MAJOR_MINOR.matcher(versionId);
        return matcher.find() ? OptionalDouble.of(Double.parseDouble(matcher.group())) : OptionalDouble.empty();
    }

    /** The assignments of an os-release file, keys in lower case, quotes and backslashes resolved as a shell would. */
    static Map<String, String> parse(KernelText text) {
        Map<String, String> release = new HashMap<>();
        while (text.nextLine() && release.size() < MOST_KEYS) {
            if (text.nextUntil('=') && !text.wordStartsWith("#")) {
                String key = text.word().toLowerCase(Locale.ROOT);
                text.rest();
                release.put(key, unquote(text.word()));
            }
        }
        return release;
    }

    private static String unquote(String value) {
        char quote = value.isEmpty() ? 0 : value.charAt(0);
        boolean quoted = value.length() > 1 && (quote == '"' || quote == '\'') && value.indexOf(quote, 1) > 0;
        String inner = quoted ? value.substring(1, value.lastIndexOf(quote)) : value;
        if (quote == '\'' || inner.indexOf('\\') < 0) {
            return inner;
        }
        var resolved = new StringBuilder();
        for (int i = 0; i < inner.length(); i++) {
            if (inner.charAt(i) == '\\' && i + 1 < inner.length()) {
                i++;
            }
            resolved.append(inner.charAt(i));
        }
        return resolved.toString();
    }
}
