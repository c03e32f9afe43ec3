package org.hearthwatch.itests;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The bundles of this build, as compiled. */
final class Bundles {

    private static final Path FOLDER = Script.ROOT.resolve("bundles");
    /** A library that is no bundle travels inside ours; the rules are for our own classes. */
    private static final ClassFileImporter IMPORTER =
            new ClassFileImporter().withImportOption(location -> location.contains("/org/hearthwatch/"));

    private Bundles() {}

    /** A bundle: its folder's name and all of it that is shipped. */
    record Bundle(String name, Path classes) {

        /** Its root package, which is also its symbolic name. */
        String rootPackage() {
            return "org.hearthwatch." + name.replace('-', '.');
        }

        JavaClasses javaClasses() {
            return IMPORTER.importPath(classes);
        }
    }

    /** Every bundle that is shipped, so all but the testkit, by name. */
    static Map<String, Bundle> shipped() {
        try (var folders = Files.list(FOLDER)) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> new Bundle(folder.getFileName().toString(), folder.resolve("target/classes")))
                    .filter(bundle -> !bundle.name().equals("testkit"))
                    .peek(bundle -> {
                        if (!Files.isDirectory(bundle.classes())) {
                            throw new AssertionError(bundle.classes() + " is missing: build the bundle first");
                        }
                    })
                    .collect(Collectors.toMap(Bundle::name, Function.identity(), (a, b) -> a, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The classes of all shipped bundles together. */
    static JavaClasses allClasses() {
        return IMPORTER.importPaths(
                shipped().values().stream().map(Bundle::classes).toList());
    }

    /** The generated XML files of a kind, such as {@code OSGI-INF/metatype}, of all shipped bundles. */
    static List<Path> generated(String folder) {
        return shipped().values().stream()
                .map(bundle -> bundle.classes().resolve(folder))
                .filter(Files::isDirectory)
                .flatMap(Bundles::xmlFiles)
                .toList();
    }

    private static Stream<Path> xmlFiles(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".xml")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
