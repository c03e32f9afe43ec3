package org.hearthwatch.itests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A plugin's jar as a stranger may bring it, compiled for the test. */
@SuppressWarnings("ArrayRecordComponent") // a file's bytes; nobody compares fixtures
record PluginFixture(String fileName, byte[] bytes) {

    /** The jar of the example in this repository. */
    static PluginFixture fileCount() {
        Path jar = Script.ROOT.resolve("examples/plugin-filecount/target/filecount-1.0.0.jar");
        try {
            return new PluginFixture("filecount.jar", Files.readAllBytes(jar));
        } catch (IOException e) {
            throw new UncheckedIOException(jar + " is missing: build examples/plugin-filecount first", e);
        }
    }

    /**
     * A plugin with one collector.
     *
     * @param name of the plugin and its collector
     * @param members of the collector's class; {@code collect} must be among them
     */
    static PluginFixture collector(String name, String members) {
        return collector(name, "1.0.0", members);
    }

    /** As {@link #collector(String, String)}, in a version; its file has the same name in all of them. */
    static PluginFixture collector(String name, String version, String members) {
        String component = """
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="org.example.Guest" immediate="true">
                  <property name="hearthwatch.collector" value="%s"/>
                  <property name="hearthwatch.interval" value="1s"/>
                  <property name="hearthwatch.timeout" value="1s"/>
                  <service><provide interface="org.hearthwatch.api.collect.Collector"/></service>
                  <implementation class="org.example.Guest"/>
                </scr:component>
                """.formatted(name);
        String manifest = """
                Manifest-Version: 1.0
                Bundle-ManifestVersion: 2
                Bundle-SymbolicName: org.example.%s
                Bundle-Version: %s
                Import-Package: org.hearthwatch.api.collect;version="[0.1,1)"
                 ,org.hearthwatch.api.metric;version="[0.1,1)"
                Service-Component: OSGI-INF/guest.xml
                Require-Capability: osgi.extender;filter:="(osgi.extender=osgi.compo
                 nent)"

                """.formatted(name, version);
        String source = """
                package org.example;
                import org.hearthwatch.api.collect.*;
                import org.hearthwatch.api.metric.*;
                public class Guest implements Collector {
                    static final Gauge GUEST = Gauge.of("guest", "A number", "number");
                """ + members + "}";
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("META-INF/MANIFEST.MF", manifest.getBytes(StandardCharsets.UTF_8));
        entries.put("OSGI-INF/guest.xml", component.getBytes(StandardCharsets.UTF_8));
        entries.putAll(compile(source));
        return new PluginFixture(name + ".jar", zip(entries));
    }

    /** Drops it into the plugin folder in one move, as a careful copier does. */
    void dropInto(Path deploy) {
        try {
            Path part = Files.write(deploy.resolve(fileName + ".part"), bytes);
            Files.move(part, deploy.resolve(fileName), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] zip(Map<String, byte[]> entries) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Map<String, byte[]> compile(String source) {
        Map<String, ByteArrayOutputStream> compiled = new LinkedHashMap<>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileManager files =
                new ForwardingJavaFileManager<>(compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
                    @Override
                    public JavaFileObject getJavaFileForOutput(
                            Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
                        return new SimpleJavaFileObject(URI.create("mem:///" + name), kind) {
                            @Override
                            public OutputStream openOutputStream() {
                                return compiled.computeIfAbsent(name, key -> new ByteArrayOutputStream());
                            }
                        };
                    }
                };
        var unit = new SimpleJavaFileObject(URI.create("mem:///org/example/Guest.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        var messages = new StringWriter();
        List<String> options =
                List.of("--release", "17", "-proc:none", "-classpath", System.getProperty("java.class.path"));
        if (!compiler.getTask(messages, files, null, options, null, List.of(unit))
                .call()) {
            throw new IllegalArgumentException(messages.toString());
        }
        Map<String, byte[]> classes = new LinkedHashMap<>();
        compiled.forEach((name, bytes) -> classes.put(name.replace('.', '/') + ".class", bytes.toByteArray()));
        return classes;
    }
}
