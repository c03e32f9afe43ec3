package org.hearthwatch.alert.notify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A process that lets alerts come and go, and at one step of telling of them stops dead and says at which second, so that it
 * can be killed there. What arrives at the other side is written to a file beside its own, one line a message.
 */
final class KilledHouse {

    static final String CONFIG = """
            global: {resolve_timeout: 10m}
            route: {receiver: default, group_by: [alertname], group_wait: 1s, group_interval: 10s, repeat_interval: 1d}
            receivers:
              - name: default
                webhook_configs: [{url: hook, send_resolved: true}]
            """;

    /** The last second at which something happens. */
    static final double END = 60;

    private final House house;
    private final Path arrived;

    KilledHouse(Path folder, double from) {
        arrived = folder.resolve("arrived.txt");
        house = new House(folder, CONFIG, DeskSettings.DEFAULT, from).telling(this::write);
        // Busy at first, so that there are tries that fail, too.
        house.refusing("hook", second -> second < 4);
    }

    private void write(House.Told told) {
        String line = told.notification().key() + " " + told.notification().groupKey() + " "
                + String.join(" ", told.alerts()) + "\n";
        try {
            Files.writeString(
                    arrived, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    House house() {
        return house;
    }

    List<String> arrived() throws IOException {
        return Files.exists(arrived) ? Files.readAllLines(arrived) : List.of();
    }

    /** Plays what happens from a second on; what fires already is told of again, as rules do. */
    void play(double from) {
        house.until(from);
        push(from);
        for (double second : List.of(0.5, 6.0, 20.0, 30.0)) {
            if (second > from) {
                house.until(second);
                push(second);
            }
        }
        house.until(from + END);
    }

    /** What rules tell at a second: one alert that stays, one that comes later and ends, and one that ends. */
    private void push(double second) {
        if (second >= 0.5) {
            house.push(house.firing("Stays", 0.5));
        }
        if (second >= 6 && second < 30) {
            house.push(house.firing("Later", 6));
        } else if (second >= 30) {
            house.push(house.ended("Later", 6, 30));
        }
        if (second >= 0.5 && second < 20) {
            house.push(house.firing("Ends", 0.5));
        } else if (second >= 20) {
            house.push(house.ended("Ends", 0.5, 20));
        }
    }

    /** @param arguments the folder, and the step at which all stops */
    public static void main(String[] arguments) throws InterruptedException {
        var killed = new KilledHouse(Path.of(arguments[0]), 0);
        int last = Integer.parseInt(arguments[1]);
        int[] steps = {0};
        killed.house().timers.atEachStep(() -> {
            steps[0]++;
            if (steps[0] == last) {
                stop(killed.house());
            }
        });
        // Between the other side's taking a message and its being noted.
        killed.house().telling(told -> {
            killed.write(told);
            steps[0]++;
            if (steps[0] == last) {
                stop(killed.house());
            }
        });
        killed.play(0);
        System.out.println("done " + steps[0]);
    }

    private static void stop(House house) {
        System.out.println("at " + House.seconds(house.clock.instant()));
        System.out.flush();
        // Parked until the kill; nobody counts this down.
        new CompletableFuture<Void>().join();
    }
}
