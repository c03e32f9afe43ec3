package org.hearthwatch.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with the place the data is kept in. */
class AdversityIT {

    @TempDir
    Path place;

    @Test
    void a_read_only_data_directory_is_named_and_what_to_do_is_said() throws Exception {
        try (var mounted = Mount.of(place, "ro")) {
            var reply = Appliance.in(mounted.folder().resolve("home")).script().run("--port", "0", "start");

            assertThat(reply.exitCode()).isEqualTo(1);
            assertThat(reply.err()).contains(place + "/home").contains("--home DIR");
        }
    }

    @Test
    void a_data_directory_that_is_full_from_the_start_is_named_with_what_is_needed() throws Exception {
        try (var mounted = Mount.of(place, "size=1m")) {
            var reply = Appliance.in(mounted.folder().resolve("home")).script().run("--port", "0", "start");

            assertThat(reply.exitCode()).isEqualTo(1);
            assertThat(reply.err()).contains(place + "/home/state is full").contains("kB are needed");
        }
    }

    @Test
    void a_data_directory_that_fills_up_stops_storing_says_so_and_goes_on_when_there_is_room() throws Exception {
        try (var mounted = Mount.of(place, "size=160m");
                var appliance = Appliance.in(mounted.folder().resolve("home")).start()) {
            var token = appliance.newToken("read");
            appliance.configure(
                    "org.hearthwatch.collector.host", "hearthwatch.interval = 1s", "hearthwatch.timeout = 1s");
            appliance.await(
                    "the first samples",
                    () -> store(appliance, token, "samples").asLong() > 0);

            var ballast = mounted.folder().resolve("ballast");
            fill(ballast);

            appliance.await(
                    "the store to say why",
                    () -> !store(appliance, token, "readOnly").isNull());
            assertThat(appliance.command("doctor").out()).containsIgnoringCase("space");
            assertThat(appliance.get("/-/healthy").statusCode()).isEqualTo(200);

            Files.delete(ballast);

            appliance.await(
                    "the store to go on",
                    () -> store(appliance, token, "readOnly").isNull());
        }
    }

    private static JsonNode store(Appliance appliance, String token, String field) {
        return appliance.json("/api/hw/status", token).path("store").path(field);
    }

    private static void fill(Path file) throws IOException {
        var block = new byte[64 * 1024];
        try (var out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    /** A small file system in memory; only root may make one. */
    private record Mount(Path folder) implements AutoCloseable {

        static Mount of(Path folder, String options) throws Exception {
            int code = new ProcessBuilder("mount", "-t", "tmpfs", "-o", options, "none", folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            assumeThat(code)
                    .as("only root may mount the file system this test needs")
                    .isZero();
            return new Mount(folder);
        }

        @Override
        public void close() throws IOException {
            int code = new ProcessBuilder("umount", folder.toString())
                    .inheritIO()
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
            assertThat(code)
                    .as("umount %s: nothing of the stopped appliance is left in it", folder)
                    .isZero();
        }
    }
}
