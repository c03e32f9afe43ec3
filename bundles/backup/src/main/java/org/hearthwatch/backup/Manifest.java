package org.hearthwatch.backup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an archive holds, as its first file says: every file with its size and hash, in their order, and the plugins that were
 * installed, by their hash: code is never in a backup.
 */
record Manifest(
        Instant created, String version, Optional<VaultCount> vault, List<Item> files, List<Item> plugins) {

    static final String PATH = "manifest.json";
    static final int MOST_BYTES = 32 << 20;
    static final int MOST_FILES = 100_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(3)
                    .maxStringLength(4096)
                    .maxNameLength(64)
                    .maxNumberLength(20)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    Manifest {
        files = List.copyOf(files);
        plugins = List.copyOf(plugins);
    }

    /** A file. */
    record Item(String path, long size, String sha256) {}

    /** What the vault said of itself when it was copied. */
    record VaultCount(long generation, int secrets) {}

    long bytes() {
        return files.stream().mapToLong(Item::size).sum();
    }

    boolean samples() {
        return files.stream().anyMatch(file -> ArchivePath.isSample(file.path()));
    }

    byte[] encode() {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("version", 1);
            json.writeStringField("created", created.toString());
            json.writeStringField("program", version);
            if (vault.isPresent()) {
                json.writeObjectFieldStart("vault");
                json.writeNumberField("generation", vault.get().generation());
                json.writeNumberField("secrets", vault.get().secrets());
                json.writeEndObject();
            }
            items(json, "files", files);
            items(json, "plugins", plugins);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void items(JsonGenerator json, String name, List<Item> items) throws IOException {
        json.writeArrayFieldStart(name);
        for (Item item : items) {
            json.writeStartObject();
            json.writeStringField("path", item.path());
            json.writeNumberField("size", item.size());
            json.writeStringField("sha256", item.sha256());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** @throws IOException naming what is wrong; afterwards every path is one that may be written */
    static Manifest decode(byte[] bytes) throws IOException {
        try (JsonParser json = JSON.createParser(bytes)) {
            expect(json.nextToken() == JsonToken.START_OBJECT, "it is no object");
            Optional<Instant> created = Optional.empty();
            String program = "";
            Optional<VaultCount> vault = Optional.empty();
            List<Item> files = List.of();
            List<Item> plugins = List.of();
            long version = 0;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken token = json.nextToken();
                switch (name) {
                    case "version" -> version = token == JsonToken.VALUE_NUMBER_INT ? json.getLongValue() : 0;
                    case "created" -> created = Optional.of(Instant.parse(json.getText()));
                    case "program" -> program = json.getText();
                    case "vault" -> vault = Optional.of(vault(json));
                    case "files" -> files = items(json);
                    case "plugins" -> plugins = items(json);
                    default -> throw new IOException("its manifest has the unknown field " + name);
                }
            }
            expect(version == 1, "version " + version + " of it is not known here; a newer program made it");
            Set<String> paths = new HashSet<>();
            for (Item file : files) {
                ArchivePath.check(file.path());
                expect(paths.add(file.path()), file.path() + " stands in it twice");
                expect(file.size() >= 0 && file.size() <= TarWriter.MOST_SIZE, file.path() + " has no possible size");
            }
            return new Manifest(
                    created.orElseThrow(() -> new IOException("its manifest has no time")),
                    program,
                    vault,
                    files,
                    plugins);
        } catch (DateTimeException e) {
            throw new IOException("its manifest has a time that is none", e);
        }
    }

    private static VaultCount vault(JsonParser json) throws IOException {
        long generation = 0;
        int secrets = 0;
        expect(json.currentToken() == JsonToken.START_OBJECT, "its vault is no object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "generation" -> generation = json.getLongValue();
                case "secrets" -> secrets = json.getIntValue();
                default -> throw new IOException("its manifest has the unknown field " + name);
            }
        }
        return new VaultCount(generation, secrets);
    }

    private static List<Item> items(JsonParser json) throws IOException {
        List<Item> items = new ArrayList<>();
        expect(json.currentToken() == JsonToken.START_ARRAY, "a list in it is none");
        while (json.nextToken() == JsonToken.START_OBJECT) {
            String path = "";
            long size = -1;
            String sha256 = "";
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "path" -> path = json.getText();
                    case "size" -> size = json.getLongValue();
                    case "sha256" -> sha256 = json.getText();
                    default -> throw new IOException("its manifest has the unknown field " + name);
                }
            }
            expect(items.size() < MOST_FILES, "there are more than " + MOST_FILES + " files in it");
            items.add(new Item(path, size, sha256));
        }
        return items;
    }

    private static void expect(boolean condition, String otherwise) throws IOException {
        if (!condition) {
            throw new IOException("its manifest is damaged: " + otherwise);
        }
    }
}
