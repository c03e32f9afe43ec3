package org.hearthwatch.plugin.jar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A jar made for a test, its classes compiled from source on the spot. */
public final class TestJar {

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    private TestJar() {}

    /** A bundle without any code. */
    public static TestJar bundle(String symbolicName) {
        return empty().header("Bundle-ManifestVersion", "2")
                .header("Bundle-SymbolicName", symbolicName)
                .header("Bundle-Version", "1.0.0");
    }

    /** A jar with a manifest that says nothing. */
    public static TestJar empty() {
        return new TestJar();
    }

    public TestJar header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public TestJar entry(String name, byte[] bytes) {
        entries.put(name, bytes);
        return this;
    }

    public TestJar source(String className, String source) {
        compile(className, source).forEach((name, bytes) -> entry(name.replace('.', '/') + ".class", bytes));
        return this;
    }

    public Path write(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(bytes());
        }
        return file;
    }

    public byte[] bytes() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            var manifest = new StringBuilder("Manifest-Version: 1.0\r\n");
            headers.forEach((name, value) ->
                    manifest.append(name).append(": ").append(value).append("\r\n"));
            put(zip, "META-INF/MANIFEST.MF", manifest.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
            for (var entry : entries.entrySet()) {
                put(zip, entry.getKey(), entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        var entry = new ZipEntry(name);
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    /** The class file of a source that declares one class. */
    public static byte[] classFile(String className, String source) {
        return Optional.ofNullable(compile(className, source).get(className)).orElseThrow();
    }

    /** The class files of a source, by class name. */
    private static Map<String, byte[]> compile(String className, String source) {
        Map<String, ByteArrayOutputStream> compiled = new LinkedHashMap<>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        JavaFileManager files =
                new ForwardingJavaFileManager<>(compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
                    @Override
                    public JavaFileObject getJavaFileForOutput(
                            Location location, String name, JavaFileObject.Kind kind, javax.tools.FileObject sibling) {
                        return new SimpleJavaFileObject(URI.create("mem:///" + name.replace('.', '/')), kind) {
                            @Override
                            public OutputStream openOutputStream() {
                                var bytes = new ByteArrayOutputStream();
                                compiled.put(name, bytes);
                                return bytes;
                            }
                        };
                    }
                };
        var unit =
                new SimpleJavaFileObject(
                        URI.create("mem:///" + className.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        List<String> options = new ArrayList<>(List.of("--release", "17", "-proc:none", "-XDstringConcat=inline"));
        options.addAll(List.of("-classpath", System.getProperty("java.class.path")));
        if (!compiler.getTask(messages, files, null, options, null, List.of(unit))
                .call()) {
            throw new IllegalArgumentException(messages.toString());
        }
        Map<String, byte[]> classes = new LinkedHashMap<>();
        compiled.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
        return classes;
    }
}
