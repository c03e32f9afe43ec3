package org.hearthwatch.plugin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hearthwatch.plugin.jar.PluginVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The approvals, and the highest version of each plugin that ran well, below which none comes in again; kept in one JSON file that is replaced as a whole: after a crash it holds either the former or the new ones.
 * A file that cannot be read approves nothing; it is put aside, and the plugins are in quarantine. Not thread-safe.
 */
final class Approvals {

    private static final Logger LOG = LoggerFactory.getLogger(Approvals.class);
    private static final JsonFactory JSON = new JsonFactory();
    private static final int LARGEST_FILE = 4 << 20;
    private static final String LIST = "approved";
    private static final String LEAST = "leastVersions";
    private static final int LONGEST_FAILURE = 300;

    private final Path file;
    private final Map<String, Approval> bySha = new LinkedHashMap<>();
    private final Map<String, String> least = new TreeMap<>();

    Approvals(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            try {
                read();
            } catch (IOException | DateTimeException | IllegalArgumentException e) {
                bySha.clear();
                least.clear();
                Path aside = file.resolveSibling(file.getFileName() + ".damaged");
                Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
                LOG.error(
                        "{} cannot be read ({}). It was moved to {}; every plugin must be approved anew, and which versions ran is forgotten",
                        file,
                        e.getMessage(),
                        aside.getFileName());
            }
        }
    }

    /** All, oldest first. */
    List<Approval> all() {
        return List.copyOf(bySha.values());
    }

    Optional<Approval> find(String sha256) {
        return Optional.ofNullable(bySha.get(sha256));
    }

    /** Adds one, in place of an earlier one for the same bytes. It is on disk when this returns. */
    void add(Approval approval) throws IOException {
        Map<String, Approval> changed = new LinkedHashMap<>(bySha);
        changed.remove(approval.sha256());
        changed.put(approval.sha256(), approval);
        replace(changed);
    }

    void remove(String sha256) throws IOException {
        if (bySha.containsKey(sha256)) {
            Map<String, Approval> changed = new LinkedHashMap<>(bySha);
            changed.remove(sha256);
            replace(changed);
        }
    }

    /** Remembers why bytes that may run failed, so that they do not run again at the next start. */
    void fail(String sha256, String reason) throws IOException {
        Approval approval = bySha.get(sha256);
        if (approval != null) {
            Map<String, Approval> changed = new LinkedHashMap<>(bySha);
            changed.put(sha256, approval.failed(reason.substring(0, Math.min(reason.length(), LONGEST_FAILURE))));
            replace(changed);
        }
    }

    /** The version below which a plugin of that name does not come in. */
    Optional<String> leastVersion(String symbolicName) {
        return Optional.ofNullable(least.get(symbolicName));
    }

    /** Sets it, lower than before or higher. */
    void setLeastVersion(String symbolicName, String version) throws IOException {
        if (!version.equals(least.get(symbolicName))) {
            Map<String, String> changed = new TreeMap<>(least);
            changed.put(symbolicName, version);
            write(bySha.values(), changed);
            least.put(symbolicName, version);
        }
    }

    private void replace(Map<String, Approval> changed) throws IOException {
        write(changed.values(), least);
        bySha.clear();
        bySha.putAll(changed);
    }

    private void read() throws IOException {
        if (Files.size(file) > LARGEST_FILE) {
            throw new IOException("it is longer than " + LARGEST_FILE + " bytes");
        }
        try (JsonParser parser = JSON.createParser(Files.readAllBytes(file))) {
            expect(parser.nextToken() == JsonToken.START_OBJECT);
            expect(LIST.equals(parser.nextFieldName()));
            expect(parser.nextToken() == JsonToken.START_ARRAY);
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                Map<String, String> fields = new HashMap<>();
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    String value = parser.nextTextValue();
                    expect(value != null);
                    fields.put(name, value);
                }
                var approval = new Approval(
                        field(fields, "sha256"),
                        field(fields, "file"),
                        field(fields, "symbolicName"),
                        field(fields, "version"),
                        field(fields, "approver"),
                        Instant.parse(field(fields, "time")),
                        Optional.ofNullable(fields.get("signer")),
                        Optional.ofNullable(fields.get("failure")));
                bySha.put(approval.sha256(), approval);
            }
            expect(parser.currentToken() == JsonToken.END_ARRAY);
            if (LEAST.equals(parser.nextFieldName())) {
                expect(parser.nextToken() == JsonToken.START_OBJECT);
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    String version = parser.nextTextValue();
                    expect(version != null);
                    PluginVersion.parse(version);
                    least.put(name, version);
                }
            }
        }
    }

    private static String field(Map<String, String> fields, String name) throws IOException {
        String value = fields.get(name);
        if (value == null) {
            throw new IOException("an approval has no " + name);
        }
        return value;
    }

    private static void expect(boolean so) throws IOException {
        if (!so) {
            throw new IOException("it is no list of approvals");
        }
    }

    private void write(Collection<Approval> approvals, Map<String, String> versions) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeArrayFieldStart(LIST);
            for (Approval each : approvals) {
                json.writeStartObject();
                json.writeStringField("sha256", each.sha256());
                json.writeStringField("file", each.file());
                json.writeStringField("symbolicName", each.symbolicName());
                json.writeStringField("version", each.version());
                json.writeStringField("approver", each.approver());
                json.writeStringField("time", each.time().toString());
                if (each.signer().isPresent()) {
                    json.writeStringField("signer", each.signer().get());
                }
                if (each.failure().isPresent()) {
                    json.writeStringField("failure", each.failure().get());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeObjectFieldStart(LEAST);
            for (Map.Entry<String, String> each : versions.entrySet()) {
                json.writeStringField(each.getKey(), each.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (var channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.wrap(bytes.toByteArray());
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
