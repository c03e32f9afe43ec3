package org.hearthwatch.plugin.jar;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * Reads a plugin's file as the hostile input it may be: entries, sizes and the manifest are bounded, and no class in it is
 * loaded. Reads by the central directory, as the framework does, so that both see the same entries. Not thread-safe.
 */
public final class JarReader {

    /** The most entries a file may have, those of the jars inside it included. */
    public static final int MOST_ENTRIES = 10_000;

    /** The most bytes that may be unpacked to read it; a class path of 20 MB unpacks to about 50. */
    public static final long MOST_UNPACKED = 256L << 20;

    private static final int LONGEST_MANIFEST = 256 << 10;
    private static final int LONGEST_CLASS = 8 << 20;
    private static final int LONGEST_TEXT = 200;
    private static final String API = "org.hearthwatch.api";
    private static final String OURS = "org.hearthwatch.";

    private final Surroundings surroundings;
    private final ClassScan scan = new ClassScan();
    private final Set<String> classes = new HashSet<>();
    private int entries;
    private long unpacked;

    private JarReader(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * Reads a file.
     *
     * @param mostBytes how long the file may be
     * @throws UnfitJarException if it cannot be a plugin
     */
    public static PluginJar read(Path file, long mostBytes, Surroundings surroundings)
            throws IOException, UnfitJarException {
        long size = Files.size(file);
        if (size > mostBytes) {
            throw new UnfitJarException(
                    "is " + size + " bytes long, more than maxFileSize in etc/org.hearthwatch.plugin.cfg" + " allows ("
                            + mostBytes + ")");
        }
        try (var zip = new ZipFile(file.toFile())) {
            return new JarReader(surroundings).read(zip);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (ZipException e) {
            throw new UnfitJarException("is no jar, or a damaged one: " + e.getMessage(), true);
        } catch (IllegalArgumentException e) {
            throw new UnfitJarException("has an entry whose name is not UTF-8");
        }
    }

    private PluginJar read(ZipFile zip) throws IOException, UnfitJarException {
        Attributes manifest = manifest(zip);
        String symbolicName = symbolicName(manifest);
        checkName(symbolicName);
        checkKind(manifest);
        String version = version(manifest);
        Needs needs = needs(manifest);
        List<String> exports = HeaderClauses.paths(text(manifest, "Export-Package"));
        checkExports(exports);
        List<String> imports = HeaderClauses.paths(text(manifest, "Import-Package"));
        Set<String> names = new HashSet<>();
        for (ZipEntry entry : Collections.list(zip.entries())) {
            checkEntry(entry.getName());
            if (!names.add(entry.getName())) {
                throw new UnfitJarException("holds the entry " + entry.getName() + " twice");
            }
            if (isClass(entry.getName()) || isJar(entry.getName())) {
                try (InputStream in = zip.getInputStream(entry)) {
                    look(entry.getName(), in);
                }
            }
        }
        return new PluginJar(
                symbolicName,
                shortened(text(manifest, "Bundle-Name")).orElse(symbolicName),
                version,
                shortened(text(manifest, "Bundle-Vendor")),
                asksFor(manifest, imports, exports, needs),
                needs,
                classes);
    }

    private static String version(Attributes manifest) throws UnfitJarException {
        String version = text(manifest, "Bundle-Version");
        try {
            PluginVersion.parse(version.isEmpty() ? "0.0.0" : version);
            return version.isEmpty() ? "0.0.0" : version;
        } catch (IllegalArgumentException e) {
            throw new UnfitJarException("has a Bundle-Version that " + e.getMessage());
        }
    }

    private static Needs needs(Attributes manifest) throws UnfitJarException {
        try {
            return Needs.parse(text(manifest, Needs.HEADER));
        } catch (IllegalArgumentException e) {
            throw new UnfitJarException("has a manifest whose " + Needs.HEADER + " " + e.getMessage());
        }
    }

    private void look(String entry, InputStream in) throws IOException, UnfitJarException {
        if (isClass(entry)) {
            scan.look(entry, bounded(in, LONGEST_CLASS, entry));
            classes.add(entry.substring(0, entry.length() - ".class".length()).replace('/', '.'));
        } else {
            // A jar inside the jar, on its class path. One level, as OSGi has it.
            var nested = new ZipInputStream(new ByteArrayInputStream(bounded(in, Integer.MAX_VALUE - 8, entry)));
            for (ZipEntry each = nested.getNextEntry(); each != null; each = nested.getNextEntry()) {
                checkEntry(each.getName());
                if (isClass(each.getName())) {
                    look(each.getName(), nested);
                } else {
                    drain(nested, each.getName());
                }
            }
        }
    }

    private Attributes manifest(ZipFile zip) throws IOException, UnfitJarException {
        ZipEntry entry = zip.getEntry(JarFile.MANIFEST_NAME);
        if (entry == null) {
            throw new UnfitJarException("has no manifest (" + JarFile.MANIFEST_NAME + "), so it is no OSGi bundle");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = bounded(in, LONGEST_MANIFEST, entry.getName());
            return new Manifest(new ByteArrayInputStream(bytes)).getMainAttributes();
        } catch (ZipException e) {
            throw e;
        } catch (IOException e) {
            throw new UnfitJarException("has a manifest that cannot be read: " + e.getMessage());
        }
    }

    private static String symbolicName(Attributes manifest) throws UnfitJarException {
        List<String> names = HeaderClauses.paths(text(manifest, "Bundle-SymbolicName"));
        if (names.isEmpty() || !text(manifest, "Bundle-ManifestVersion").equals("2")) {
            throw new UnfitJarException("is a jar but no OSGi bundle: its manifest has no Bundle-SymbolicName"
                    + " with Bundle-ManifestVersion 2. The bnd-maven-plugin writes them");
        }
        return names.get(0);
    }

    private void checkName(String symbolicName) throws UnfitJarException {
        if (!symbolicName.matches("[A-Za-z0-9_.-]{1," + LONGEST_TEXT + "}")) {
            throw new UnfitJarException(
                    "has a Bundle-SymbolicName that is too long or has other characters than A-Z a-z 0-9 _ . -");
        }
        if (surroundings.bundles().contains(symbolicName)) {
            throw new UnfitJarException("calls itself " + symbolicName + ", which is a bundle of the appliance");
        }
    }

    private static void checkKind(Attributes manifest) throws UnfitJarException {
        if (!text(manifest, "Fragment-Host").isEmpty()) {
            throw new UnfitJarException("is a fragment, which would put code into another bundle; plugins stand alone");
        }
        for (String required : HeaderClauses.paths(text(manifest, "Require-Bundle"))) {
            if (!required.equals(API)) {
                throw new UnfitJarException("requires the bundle " + required + "; a plugin may require " + API
                        + " only, and imports packages otherwise");
            }
        }
        for (String imported : HeaderClauses.paths(text(manifest, "Import-Package"))) {
            if (imported.startsWith(OURS) && !imported.equals(API) && !imported.startsWith(API + ".")) {
                throw new UnfitJarException(
                        "imports " + imported + "; of the appliance's packages only " + API + ".* are for plugins");
            }
        }
    }

    private void checkExports(List<String> exports) throws UnfitJarException {
        for (String exported : exports) {
            if (surroundings.packages().contains(exported) || exported.startsWith("java.")) {
                throw new UnfitJarException("exports the package " + exported
                        + ", which the appliance has itself: other bundles could be given the plugin's classes");
            }
        }
    }

    private static void checkEntry(String name) throws UnfitJarException {
        if (name.startsWith("/") || name.indexOf('\\') >= 0 || ("/" + name + "/").contains("/../")) {
            throw new UnfitJarException("has an entry that points outside of it");
        }
    }

    private List<String> asksFor(Attributes manifest, List<String> imports, List<String> exports, Needs needs) {
        Set<Wish> wishes = EnumSet.noneOf(Wish.class);
        wishes.addAll(scan.wishes());
        imports.forEach(each -> Wish.ofImport(each, wishes));
        whenSet(manifest, "Bundle-Activator", Wish.ACTIVATOR, wishes);
        whenSet(manifest, "DynamicImport-Package", Wish.ANY_PACKAGE, wishes);
        whenSet(manifest, "Bundle-NativeCode", Wish.NATIVE_CODE, wishes);
        whenSet(manifest, "Karaf-Commands", Wish.SHELL, wishes);
        List<String> sentences = new ArrayList<>();
        wishes.forEach(wish -> sentences.add(wish.sentence() + (needs.lack(wish) ? ", which it does not declare" : "")));
        if (!exports.isEmpty()) {
            sentences.add("to offer packages to other bundles: "
                    + shortened(String.join(", ", exports)).orElse(""));
        }
        return sentences;
    }

    private static void whenSet(Attributes manifest, String header, Wish wish, Set<Wish> wishes) {
        if (!text(manifest, header).isEmpty()) {
            wishes.add(wish);
        }
    }

    private byte[] bounded(InputStream in, int most, String entry) throws IOException, UnfitJarException {
        count();
        long room = Math.min(most, MOST_UNPACKED - unpacked);
        byte[] bytes = in.readNBytes((int) Math.min(room + 1, Integer.MAX_VALUE - 8));
        if (bytes.length > room) {
            throw new UnfitJarException("unpacks to too much at " + entry);
        }
        unpacked += bytes.length;
        return bytes;
    }

    private void drain(InputStream in, String entry) throws IOException, UnfitJarException {
        count();
        byte[] buffer = new byte[8192];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            unpacked += read;
            if (unpacked > MOST_UNPACKED) {
                throw new UnfitJarException("unpacks to too much at " + entry);
            }
        }
    }

    private void count() throws UnfitJarException {
        if (++entries > MOST_ENTRIES) {
            throw new UnfitJarException("holds more than " + MOST_ENTRIES + " entries");
        }
    }

    private static boolean isClass(String entry) {
        return entry.endsWith(".class");
    }

    private static boolean isJar(String entry) {
        return entry.endsWith(".jar");
    }

    private static String text(Attributes manifest, String header) {
        String value = manifest.getValue(header);
        return value == null ? "" : value.trim();
    }

    private static Optional<String> shortened(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…");
    }
}
