package org.example.filecount;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.metric.Gauge;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Counts the files waiting in a directory: a mail queue, a spool, an inbox nobody empties. */
@Component(
        configurationPid = "org.hearthwatch.collector.filecount",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = FileCountCollector.Config.class, factory = true)
public final class FileCountCollector implements Collector {

    @ObjectClassDefinition(name = "File count collector", description = "Counts the files in one directory")
    public @interface Config {
        @AttributeDefinition(name = "Directory", description = "Absolute path; sub-directories are not entered")
        String directory();
    }

    static final Gauge FILES = Gauge.of("directory_files", "Regular files in the directory", "directory");

    private final Path directory;

    @Activate
    public FileCountCollector(Config config) {
        directory = Path.of(config.directory());
    }

    @Override
    public void collect(SampleSink sink) throws IOException {
        try (var entries = Files.list(directory)) {
            long files = entries.filter(Files::isRegularFile).count();
            sink.set(FILES, (double) files, directory.toString());
        }
    }
}
