package org.example.filecount;

import java.nio.file.Path;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.testkit.CollectorContract;
import org.junit.jupiter.api.io.TempDir;

/** What Hearthwatch expects of every collector; the tests come with the testkit. */
class FileCountContractTest extends CollectorContract {

    @TempDir
    Path queue;

    @Override
    protected Collector collector() {
        return FileCountCollectorTest.collectorOf(queue);
    }
}
