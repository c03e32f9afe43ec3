package org.hearthwatch.store.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.hearthwatch.api.metric.Staleness;
import org.hearthwatch.store.frame.Bytes;
import org.hearthwatch.testkit.ForAll;
import org.junit.jupiter.api.Test;

class ValueCodecTest {

    @Test
    void every_bit_pattern_comes_back() {
        ForAll.cases(4000, ValueCodecTest::values).check(values -> {
            assertThat(bits(decode(encode(values), values.length))).isEqualTo(bits(values));
        });
    }

    @Test
    void a_column_of_longs_comes_back() {
        ForAll.cases(3000, ValueCodecTest::longs).check(numbers -> {
            var encoded = new Bytes();
            new LongCodec().encode(numbers, 0, numbers.length, encoded);
            var in = new Input(encoded.asBuffer().array(), 0, encoded.size());
            var decoded = new long[numbers.length];
            new LongCodec().decode(in, numbers.length, decoded);
            in.expectEnd();

            assertThat(decoded).isEqualTo(numbers);
        });
    }

    @Test
    void bytes_that_mean_nothing_are_refused_or_give_some_values() {
        ForAll.cases(20_000, random -> bytes(random, 300)).check(bytes -> survives(bytes, 1 + bytes.length % 960));
    }

    @Test
    void mutated_columns_are_refused_or_give_some_values() {
        ForAll.cases(4000, random -> {
                    double[] values = values(random);
                    byte[] encoded = encode(values);
                    for (int i = 1 + random.nextInt(3); i > 0 && encoded.length > 0; i--) {
                        encoded[random.nextInt(encoded.length)] ^= (byte) (1 << random.nextInt(8));
                    }
                    return Arrays.copyOf(encoded, encoded.length - random.nextInt(2) * (encoded.length / 3));
                })
                .check(bytes -> survives(bytes, 960));
    }

    private static void survives(byte[] bytes, int count) {
        try {
            decode(bytes, count);
        } catch (CorruptDataException e) {
            assertThat(e).hasMessageMatching("[A-Z].*");
        }
    }

    static byte[] encode(double[] values) {
        var encoded = new Bytes();
        new ValueCodec().encode(values, 0, values.length, encoded);
        return Arrays.copyOf(encoded.asBuffer().array(), encoded.size());
    }

    static double[] decode(byte[] bytes, int count) throws CorruptDataException {
        var in = new Input(bytes, 0, bytes.length);
        var values = new double[count];
        new ValueCodec().decode(in, count, values);
        in.expectEnd();
        return values;
    }

    private static long[] bits(double[] values) {
        return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
    }

    private static byte[] bytes(SplittableRandom random, int most) {
        var bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        // Small numbers get further into a decoder than random ones.
        for (int i = 0; i < bytes.length; i += 1 + random.nextInt(4)) {
            bytes[i] = (byte) random.nextInt(8);
        }
        return bytes;
    }

    private static long[] longs(SplittableRandom random) {
        var numbers = new long[random.nextInt(300)];
        int width = random.nextInt(64);
        int rare = 1 + random.nextInt(20);
        long step = 1 + (random.nextLong() >>> (random.nextInt(40) + 24));
        long number = random.nextLong() >> width;
        for (int i = 0; i < numbers.length; i++) {
            number += random.nextInt(rare) == 0 ? (random.nextLong() >> width) * step : step;
            numbers[i] = number;
        }
        return numbers;
    }

    private static double[] values(SplittableRandom random) {
        var values = new double[random.nextInt(random.nextBoolean() ? 70 : 961)];
        int kind = random.nextInt(8);
        int specials = random.nextInt(3) == 0 ? 1 + random.nextInt(60) : Integer.MAX_VALUE;
        double power = Math.pow(10, random.nextInt(20));
        double value = random.nextInt(-1000, 1000);
        for (int i = 0; i < values.length; i++) {
            value = switch (kind) {
                case 0 -> value;
                case 1 -> value + random.nextInt(1000);
                case 2 -> Math.rint((value + random.nextDouble() - 0.5) * power) / power;
                case 3 -> value * (1 + random.nextDouble() * 1e-3);
                case 4 -> Double.longBitsToDouble(random.nextLong());
                case 5 -> random.nextInt(12) == 0 ? random.nextDouble() : value;
                case 6 -> (float) (value + random.nextDouble());
                default -> random.nextInt(3) == 0 ? random.nextLong() : value;
            };
            values[i] = random.nextInt(specials) == 0 ? special(random) : value;
        }
        return values;
    }

    private static double special(SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> Staleness.MARKER;
            case 1 -> -0.0;
            case 2 -> Double.NaN;
            case 3 -> Double.longBitsToDouble(0x7ff8_0000_0000_0000L | random.nextInt());
            case 4 -> Double.NEGATIVE_INFINITY;
            case 5 -> 0.0;
            case 6 -> Double.MIN_VALUE;
            default -> Double.longBitsToDouble(random.nextLong());
        };
    }
}
