package org.hearthwatch.prometheus.in;

import java.util.ArrayList;
import java.util.List;
import org.hearthwatch.prometheus.wire.ProtoWriter;
import org.hearthwatch.prometheus.wire.Snappy;
import org.hearthwatch.testkit.FakeExchange;

/** Remote-write requests as senders make them. */
final class Requests {

    static final String TYPE_1 = "application/x-protobuf";
    static final String TYPE_2 = "application/x-protobuf;proto=io.prometheus.write.v2.Request";

    private Requests() {}

    static FakeExchange post(String contentType, byte[] message) {
        return FakeExchange.post("/api/v1/write")
                .withHeader("Content-Type", contentType)
                .withHeader("Content-Encoding", "snappy")
                .withBody(Snappy.pack(message, 0, message.length));
    }

    /** Writes a version 1 request. */
    static final class First {

        final ProtoWriter out = new ProtoWriter();

        First series(String... namesAndValues) {
            out.begin(1);
            labels(1, namesAndValues);
            return this;
        }

        private void labels(int field, String... namesAndValues) {
            for (int i = 0; i < namesAndValues.length; i += 2) {
                out.begin(field)
                        .string(1, namesAndValues[i])
                        .string(2, namesAndValues[i + 1])
                        .end();
            }
        }

        First sample(long timestamp, double value) {
            out.begin(2).float64(1, value).integer(2, timestamp).end();
            return this;
        }

        First exemplar(long timestamp, double value, String... labels) {
            out.begin(3);
            labels(1, labels);
            out.float64(2, value).integer(3, timestamp).end();
            return this;
        }

        First histogram(Runnable fields) {
            out.begin(4);
            fields.run();
            out.end();
            return this;
        }

        First done() {
            out.end();
            return this;
        }

        First metadata(int type, String name, String help, String unit) {
            out.begin(3)
                    .integer(1, type)
                    .string(2, name)
                    .string(4, help)
                    .string(5, unit)
                    .end();
            return this;
        }

        FakeExchange post() {
            return Requests.post(TYPE_1, out.toByteArray());
        }
    }

    /** Writes a version 2 request. */
    static final class Second {

        private final List<String> symbols = new ArrayList<>(List.of(""));
        final ProtoWriter out = new ProtoWriter();

        int symbol(String text) {
            if (!symbols.contains(text)) {
                symbols.add(text);
            }
            return symbols.indexOf(text);
        }

        Second series(String... namesAndValues) {
            out.begin(5);
            references(namesAndValues);
            return this;
        }

        private void references(String... texts) {
            out.begin(1);
            for (String text : texts) {
                out.varint(symbol(text));
            }
            out.end();
        }

        Second sample(long timestamp, double value) {
            out.begin(2).float64(1, value).integer(2, timestamp).end();
            return this;
        }

        Second exemplar(long timestamp, double value, String... labels) {
            out.begin(4);
            references(labels);
            out.float64(2, value).integer(3, timestamp).end();
            return this;
        }

        Second histogram(Runnable fields) {
            out.begin(3);
            fields.run();
            out.end();
            return this;
        }

        Second metadata(int type, String help, String unit) {
            out.begin(5)
                    .integer(1, type)
                    .integer(3, symbol(help))
                    .integer(4, symbol(unit))
                    .end();
            return this;
        }

        Second done() {
            out.end();
            return this;
        }

        byte[] message() {
            var whole = new ProtoWriter();
            symbols.forEach(symbol -> whole.string(4, symbol));
            byte[] series = out.toByteArray();
            byte[] message = java.util.Arrays.copyOf(whole.array(), whole.size() + series.length);
            System.arraycopy(series, 0, message, whole.size(), series.length);
            return message;
        }

        FakeExchange post() {
            return Requests.post(TYPE_2, message());
        }
    }
}
