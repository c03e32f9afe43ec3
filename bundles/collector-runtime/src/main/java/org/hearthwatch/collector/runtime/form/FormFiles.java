package org.hearthwatch.collector.runtime.form;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.config.SettingsFile;
import org.hearthwatch.api.config.SettingsForms;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.collector.runtime.doctor.Schema;
import org.hearthwatch.collector.runtime.doctor.Setting;
import org.jspecify.annotations.Nullable;

/** Forms out of what bundles declare of their settings; each set is a file in the folder of settings. */
public final class FormFiles implements SettingsForms {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,63}");
    private static final String SUFFIX = ".cfg";
    private static final int MOST_FILES = 1_000;
    private static final int LONGEST = 16 * 1024;

    private final Path folder;
    private final Supplier<Collection<Schema>> schemas;

    /**
     * @param folder of the settings
     * @param schemas what the installed bundles declare at the moment
     */
    public FormFiles(Path folder, Supplier<Collection<Schema>> schemas) {
        this.folder = folder;
        this.schemas = schemas;
    }

    @Override
    public List<Form> forms() {
        return severals()
                .map(schema -> new Form(
                        schema.pid(),
                        schema.name(),
                        schema.description(),
                        schema.settings().values().stream()
                                .map(FormFiles::field)
                                .toList()))
                .sorted(Comparator.comparing(Form::pid))
                .toList();
    }

    private static Field field(Setting setting) {
        return new Field(
                setting.key(),
                setting.name(),
                setting.description(),
                setting.usual(),
                setting.options(),
                setting.isSecret());
    }

    private Stream<Schema> severals() {
        return schemas.get().stream().filter(Schema::several);
    }

    private Schema schema(String pid) {
        return severals()
                .filter(schema -> schema.pid().equals(pid))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No installed bundle has settings of the kind " + pid));
    }

    @Override
    public synchronized List<Entry> entries(String pid) throws IOException {
        Schema schema = schema(pid);
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(file -> name(pid, file).isPresent())
                    .sorted()
                    .limit(MOST_FILES)
                    .forEach(files::add);
        }
        List<Entry> entries = new ArrayList<>();
        for (Path file : files) {
            entries.add(new Entry(pid, name(pid, file).orElseThrow(), settings(schema, file)));
        }
        return entries;
    }

    /** The name of a set, if a file is one of this kind. */
    private static Optional<String> name(String pid, Path file) {
        String whole = String.valueOf(file.getFileName());
        String prefix = pid + '-';
        return Optional.of(whole)
                .filter(text -> text.startsWith(prefix) && text.endsWith(SUFFIX))
                .map(text -> text.substring(prefix.length(), text.length() - SUFFIX.length()))
                .filter(text -> NAME.matcher(text).matches());
    }

    private static Map<String, String> settings(Schema schema, Path file) throws IOException {
        var properties = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IllegalArgumentException e) {
            throw new IOException(file.getFileName() + " cannot be read: " + e.getMessage(), e);
        }
        Map<String, String> settings = new HashMap<>();
        for (String key : properties.stringPropertyNames()) {
            String value = properties.getProperty(key);
            if (mayBeShown(schema.settings().get(key), value)) {
                settings.put(key, value);
            }
        }
        return settings;
    }

    /** A secret written into a file by hand has no effect there and is not carried on; nor is what nobody knows. */
    private static boolean mayBeShown(@Nullable Setting setting, String value) {
        return setting != null && (!setting.isSecret() || SecretRef.isReference(value));
    }

    @Override
    public synchronized void write(Entry entry) throws IOException {
        Schema schema = schema(entry.pid());
        Path path = path(entry.pid(), entry.name());
        for (var setting : entry.settings().entrySet()) {
            check(schema, entry, setting.getKey(), setting.getValue());
        }
        var file = new SettingsFile(path);
        for (String key : schema.settings().keySet()) {
            Optional<String> value =
                    Optional.ofNullable(entry.settings().get(key)).filter(text -> !text.isEmpty());
            if (value.isPresent() || file.get(key).isPresent()) {
                file.set(key, value.map(SettingsFile::written));
            }
        }
    }

    private static void check(Schema schema, Entry entry, String key, String value) {
        Setting setting = schema.settings().get(key);
        if (setting == null) {
            throw new IllegalArgumentException("There is no setting " + key + " here; there are "
                    + String.join(", ", schema.settings().keySet()));
        }
        if (value.isEmpty()) {
            return;
        }
        if (setting.isSecret()) {
            try {
                SecretRef.parse(value);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
            }
            return;
        }
        if (value.length() > LONGEST) {
            throw new IllegalArgumentException(key + " is longer than " + LONGEST + " characters");
        }
        String unused = SettingsFile.written(value);
        setting.refusal(value).ifPresent(allowed -> {
            throw new InvalidSettingException(entry.pid() + '~' + entry.name(), key, value, allowed);
        });
    }

    @Override
    public synchronized boolean delete(String pid, String name) throws IOException {
        schema(pid);
        return Files.deleteIfExists(path(pid, name));
    }

    private Path path(String pid, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A name takes letters, digits, dashes and underscores, 1 to 64, and begins with no dash");
        }
        return folder.resolve(pid + '-' + name + SUFFIX);
    }
}
