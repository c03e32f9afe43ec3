package org.hearthwatch.secret.vault;

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
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.hearthwatch.api.secret.VaultSlot;
import org.hearthwatch.secret.crypto.KeyPair;

/**
 * The readable part of the file: which vault it is, how often it was written, and its slots.
 *
 * @param vault 32 hexadecimal digits
 */
record Header(String vault, long generation, Instant written, List<SlotEntry> slots) {

    static final int MOST_BYTES = 1 << 16;
    static final int MOST_SLOTS = 32;

    private static final Pattern VAULT = Pattern.compile("[0-9a-f]{32}");
    private static final Set<String> FIELDS = Set.of("version", "vault", "generation", "written", "slots");
    private static final Set<String> SLOT_FIELDS =
            Set.of("id", "kind", "label", "created", "parameters", "public", "locked", "share", "master");
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(3)
                    .maxStringLength(2048)
                    .maxNameLength(64)
                    .maxNumberLength(20)
                    .maxDocumentLength(MOST_BYTES)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    Header {
        slots = List.copyOf(slots);
    }

    byte[] encode() {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("version", 1);
            json.writeStringField("vault", vault);
            json.writeNumberField("generation", generation);
            json.writeStringField("written", written.toString());
            json.writeArrayFieldStart("slots");
            for (SlotEntry slot : slots) {
                json.writeStartObject();
                json.writeNumberField("id", slot.id);
                json.writeStringField("kind", slot.kind.word());
                json.writeStringField("label", slot.label);
                json.writeStringField("created", slot.created.toString());
                json.writeStringField("parameters", slot.parameters);
                json.writeStringField("public", text(slot.publicKey));
                json.writeStringField("locked", text(slot.locked));
                json.writeStringField("share", text(slot.share));
                json.writeStringField("master", text(slot.master));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException naming what is not as docs/vault-format.md has it */
    static Header decode(byte[] bytes) {
        try (JsonParser json = JSON.createParser(bytes)) {
            expect(json.nextToken() == JsonToken.START_OBJECT, "the header is no object");
            Map<String, Object> fields = new HashMap<>();
            List<SlotEntry> slots = new ArrayList<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals("slots")) {
                    expect(value == JsonToken.START_ARRAY, "the header's slots are no list");
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        slots.add(slot(scalars(json), slots.size()));
                        expect(slots.size() <= MOST_SLOTS, "there are more than " + MOST_SLOTS + " slots");
                    }
                    fields.put(name, "");
                } else {
                    fields.put(name, scalar(json, value));
                }
            }
            expect(json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null, "the header does not end");
            expect(fields.keySet().equals(FIELDS), "the header has other fields than version 1 has");
            expect(number(fields, "version") == 1, "version " + fields.get("version") + " is not known here");
            String vault = text(fields, "vault");
            expect(VAULT.matcher(vault).matches(), "the vault's name is not one");
            long generation = number(fields, "generation");
            expect(generation > 0, "the generation is not one");
            var ids = new HashSet<Integer>();
            for (SlotEntry slot : slots) {
                expect(ids.add(slot.id), "slot " + slot.id + " stands twice");
            }
            return new Header(vault, generation, Instant.parse(text(fields, "written")), slots);
        } catch (IOException e) {
            throw new IllegalArgumentException("the header is not the JSON it should be", e);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("the header's time is not one", e);
        }
    }

    private static SlotEntry slot(Map<String, Object> fields, int position) {
        String name = "slot " + fields.getOrDefault("id", "number " + (position + 1));
        try {
            expect(fields.keySet().equals(SLOT_FIELDS), "it has other fields than version 1 has");
            long id = number(fields, "id");
            expect(id > 0 && id <= Integer.MAX_VALUE, "its id is not one");
            return new SlotEntry(
                    (int) id,
                    kind(text(fields, "kind")),
                    text(fields, "label"),
                    Instant.parse(text(fields, "created")),
                    text(fields, "parameters"),
                    bytes(fields, "public", KeyPair.BYTES),
                    bytes(fields, "locked", SlotEntry.LOCKED_BYTES),
                    bytes(fields, "share", KeyPair.BYTES),
                    bytes(fields, "master", SlotEntry.MASTER_BYTES));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(name + " is damaged: " + e.getMessage(), e);
        }
    }

    private static VaultSlot.Kind kind(String word) {
        for (VaultSlot.Kind kind : VaultSlot.Kind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("its kind is not known here");
    }

    private static Map<String, Object> scalars(JsonParser json) throws IOException {
        Map<String, Object> fields = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            fields.put(json.currentName(), scalar(json, json.nextToken()));
        }
        return fields;
    }

    private static Object scalar(JsonParser json, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT -> json.getLongValue();
            default -> throw new IllegalArgumentException("a field is neither a text nor a whole number");
        };
    }

    private static String text(Map<String, Object> fields, String name) {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("the field " + name + " is no text");
    }

    private static long number(Map<String, Object> fields, String name) {
        if (fields.get(name) instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException("the field " + name + " is no number");
    }

    private static byte[] bytes(Map<String, Object> fields, String name, int length) {
        String text = text(fields, name);
        byte[] bytes = Base64.getDecoder().decode(text);
        expect(
                bytes.length == length && text(bytes).equals(text),
                "the field " + name + " is not " + length + " bytes");
        return bytes;
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static void expect(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
