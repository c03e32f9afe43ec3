package org.hearthwatch.prometheus.http;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.Sample;
import org.hearthwatch.prometheus.http.json.GoFloat;

/** Writes samples in text format 0.0.4, each with its time, in families without a type. Not thread-safe. */
final class FederatedText implements AutoCloseable {

    private final Writer writer;
    private final Escaping escaping;
    private final Map<String, String> added;
    private String family = "";

    /** What becomes of names the format was not made for. */
    enum Escaping {
        UNDERSCORES("underscores"),
        /** They stand in quotes. */
        ALLOW_UTF_8("allow-utf-8"),
        DOTS("dots"),
        VALUES("values");

        private final String word;

        Escaping(String word) {
            this.word = word;
        }

        String contentType() {
            return "text/plain; version=0.0.4; charset=utf-8; escaping=" + word;
        }

        /** The one an {@code Accept} header asks for, anywhere in it; underscores else. */
        static Escaping accepted(String accept) {
            for (String part : accept.toLowerCase(Locale.ROOT).split("[;,]", 200)) {
                String parameter = part.strip();
                for (Escaping escaping : values()) {
                    if (parameter.equals("escaping=" + escaping.word)) {
                        return escaping;
                    }
                }
            }
            return UNDERSCORES;
        }

        String escaped(String name) {
            return switch (this) {
                case UNDERSCORES -> EscapedName.underscored(name);
                case DOTS -> EscapedName.dotted(name);
                case VALUES -> EscapedName.valued(name);
                case ALLOW_UTF_8 -> name;
            };
        }
    }

    /** @param added labels for series that do not have them */
    FederatedText(OutputStream out, Escaping escaping, Map<String, String> added) {
        this.writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 32 * 1024);
        this.escaping = escaping;
        this.added = added;
    }

    /** Samples of one family come one after the other. */
    void add(Sample sample) throws IOException {
        Labels labels = sample.labels();
        String name = escaping.escaped(labels.metricName());
        boolean plain = EscapedName.isLegacy(name, true);
        if (!name.equals(family)) {
            writer.append("# TYPE ").append(plain ? name : quoted(name)).append(" untyped\n");
            family = name;
        }
        String separator = "{";
        if (plain) {
            writer.append(name);
        } else {
            writer.append('{').append(quoted(name));
            separator = ",";
        }
        for (int i = 0; i < labels.size(); i++) {
            if (!labels.nameAt(i).equals(Labels.NAME)) {
                separator = label(separator, labels.nameAt(i), labels.valueAt(i));
            }
        }
        for (var each : added.entrySet()) {
            if (!labels.has(each.getKey())) {
                separator = label(separator, each.getKey(), each.getValue());
            }
        }
        if (!plain || separator.equals(",")) {
            writer.append('}');
        }
        writer.append(' ').append(GoFloat.text(sample.value(), GoFloat.Layout.GENERAL));
        writer.append(' ').append(Long.toString(sample.timestamp())).append('\n');
    }

    private String label(String separator, String name, String value) throws IOException {
        String label = escaping.escaped(name);
        writer.append(separator).append(EscapedName.isLegacy(label, false) ? label : quoted(label));
        writer.append('=').append(quoted(value));
        return ",";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"") + '"';
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
