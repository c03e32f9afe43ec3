package org.hearthwatch.query.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.metric.NativeHistogram;
import org.hearthwatch.api.metric.Sample;

/** Writes samples of a series as remote write 1.0 wants them: a protobuf message, packed as snappy does without packing. */
final class RemoteWrite {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static byte[] request(List<Sample> samples) {
        var request = new RemoteWrite();
        for (Sample sample : samples) {
            request.message(1, series(sample));
        }
        return snappy(request.out.toByteArray());
    }

    private static byte[] series(Sample sample) {
        var series = new RemoteWrite();
        Labels labels = sample.labels();
        labels.forEach((name, value) -> {
            var label = new RemoteWrite();
            label.message(1, name.getBytes(StandardCharsets.UTF_8));
            label.message(2, value.getBytes(StandardCharsets.UTF_8));
            series.message(1, label.out.toByteArray());
        });
        if (sample.histogram().isPresent()) {
            series.message(4, histogram(sample.histogram().get(), sample.timestamp()));
        } else {
            var point = new RemoteWrite();
            point.number(1, sample.value());
            point.varint(2 << 3);
            point.varint(sample.timestamp());
            series.message(2, point.out.toByteArray());
        }
        return series.out.toByteArray();
    }

    private static byte[] histogram(NativeHistogram histogram, long timestamp) {
        var message = new RemoteWrite();
        message.number(2, histogram.count());
        message.number(3, histogram.sum());
        message.varint(4 << 3);
        message.varint(zigzag(histogram.schema()));
        message.number(5, histogram.zeroThreshold());
        message.number(7, histogram.zeroCount());
        message.side(8, 10, histogram.negative());
        message.side(11, 13, histogram.positive());
        message.varint(14 << 3);
        message.varint(hint(histogram.resetHint()));
        message.varint(15 << 3);
        message.varint(timestamp);
        message.numbers(16, histogram.customBounds());
        return message.out.toByteArray();
    }

    private static int hint(NativeHistogram.ResetHint hint) {
        return switch (hint) {
            case UNKNOWN -> 0;
            case RESET -> 1;
            case NO_RESET -> 2;
            case GAUGE -> 3;
        };
    }

    private void side(int spans, int counts, NativeHistogram.Buckets buckets) {
        for (NativeHistogram.Span span : buckets.spans()) {
            var message = new RemoteWrite();
            message.varint(1 << 3);
            message.varint(zigzag(span.offset()));
            message.varint(2 << 3);
            message.varint(span.length());
            message(spans, message.out.toByteArray());
        }
        numbers(counts, buckets.counts());
    }

    private void numbers(int field, double[] numbers) {
        if (numbers.length > 0) {
            ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
            for (double number : numbers) {
                bytes.putDouble(number);
            }
            message(field, bytes.array());
        }
    }

    private static long zigzag(int value) {
        return (((long) value << 1) ^ ((long) value >> 31)) & 0xffffffffL;
    }

    private void number(int field, double value) {
        varint((field << 3) | 1);
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(Double.doubleToRawLongBits(value))
                .array());
    }

    private void message(int field, byte[] bytes) {
        varint((field << 3) | 2);
        varint(bytes.length);
        out.writeBytes(bytes);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static byte[] snappy(byte[] plain) {
        var packed = new RemoteWrite();
        packed.varint(plain.length);
        for (int from = 0; from < plain.length; from += 65536) {
            int length = Math.min(65536, plain.length - from);
            packed.out.write(61 << 2);
            packed.out.write(length - 1);
            packed.out.write((length - 1) >> 8);
            packed.out.write(plain, from, length);
        }
        return packed.out.toByteArray();
    }
}
