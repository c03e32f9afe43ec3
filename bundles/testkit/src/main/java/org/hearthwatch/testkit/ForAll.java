package org.hearthwatch.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Property tests: many random cases from a printed seed, and the smallest failing one that shrinking finds.
 *
 * <pre>{@code
 * ForAll.cases(500, random -> random.doubles(random.nextInt(100)).toArray())
 *         .check(values -> assertThat(decode(encode(values))).containsExactly(values));
 * }</pre>
 *
 * <p>The system property {@code hearthwatch.seed} repeats a failed run, {@code hearthwatch.cases} multiplies the number
 * of cases for long runs.
 */
public final class ForAll<T> {

    private final int cases;
    private final Function<SplittableRandom, T> generator;
    private final Function<T, List<T>> shrinker;

    private ForAll(int cases, Function<SplittableRandom, T> generator, Function<T, List<T>> shrinker) {
        this.cases = cases;
        this.generator = generator;
        this.shrinker = shrinker;
    }

    /** A number of cases, each made from a random source of its own. */
    public static <T> ForAll<T> cases(int cases, Function<SplittableRandom, T> generator) {
        return new ForAll<>(cases * Integer.getInteger("hearthwatch.cases", 1), generator, value -> List.of());
    }

    /** Lists of random length, which shrink by leaving parts out. */
    public static <E> ForAll<List<E>> lists(int cases, int maxSize, Function<SplittableRandom, E> element) {
        return ForAll.<List<E>>cases(cases, random -> {
                    int size = random.nextInt(maxSize + 1);
                    var list = new ArrayList<E>(size);
                    for (int i = 0; i < size; i++) {
                        list.add(element.apply(random));
                    }
                    return list;
                })
                .shrinking(ForAll::withoutParts);
    }

    /** With simpler values to try in place of a failing one. */
    public ForAll<T> shrinking(Function<T, List<T>> simpler) {
        return new ForAll<>(cases, generator, simpler);
    }

    /**
     * Checks the property for every case.
     *
     * @throws AssertionError with the seed and the smallest failing case found
     */
    public void check(Property<T> property) {
        long seed = Long.getLong("hearthwatch.seed", System.nanoTime());
        for (int i = 0; i < cases; i++) {
            T value = generator.apply(new SplittableRandom(seed + i));
            Optional<Throwable> failure = failureOf(property, value);
            if (failure.isPresent()) {
                fail(property, value, failure.get(), seed + i);
            }
        }
    }

    private void fail(Property<T> property, T value, Throwable failure, long seed) {
        T smallest = value;
        Throwable cause = failure;
        boolean shrunk = true;
        for (int rounds = 0; shrunk && rounds < 1000; rounds++) {
            shrunk = false;
            for (T simpler : shrinker.apply(smallest)) {
                Optional<Throwable> next = failureOf(property, simpler);
                if (next.isPresent()) {
                    smallest = simpler;
                    cause = next.get();
                    shrunk = true;
                    break;
                }
            }
        }
        throw new AssertionError(
                "Fails for " + smallest + " (repeat with -Dhearthwatch.seed=" + seed + "): " + cause.getMessage(),
                cause);
    }

    private static <T> Optional<Throwable> failureOf(Property<T> property, T value) {
        try {
            property.check(value);
            return Optional.empty();
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            return Optional.of(e);
        }
    }

    private static <E> List<List<E>> withoutParts(List<E> list) {
        var simpler = new ArrayList<List<E>>();
        for (int part = list.size(); part > 0; part /= 2) {
            for (int from = 0; from + part <= list.size(); from += part) {
                var rest = new ArrayList<>(list.subList(0, from));
                rest.addAll(list.subList(from + part, list.size()));
                simpler.add(rest);
            }
        }
        return simpler;
    }

    /** What must hold; a throw says that it does not. */
    @FunctionalInterface
    public interface Property<T> {
        void check(T value) throws Exception;
    }
}
