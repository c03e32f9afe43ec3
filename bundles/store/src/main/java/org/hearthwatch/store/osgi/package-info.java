/** The store as a component: settings, threads, services. */
// Registered by hand once the directory is open, so the build cannot see them; resolvers need to know.
@Capability(
        namespace = "osgi.service",
        attribute =
                "objectClass:List<String>=\"org.hearthwatch.api.store.SampleTail,org.hearthwatch.api.store.StoreAdmin,"
                        + "org.hearthwatch.api.store.SampleWriter,org.hearthwatch.api.store.SeriesReader\"",
        uses = {SampleTail.class, SampleWriter.class, SeriesReader.class, StoreAdmin.class})
@NullMarked
package org.hearthwatch.store.osgi;

import org.hearthwatch.api.store.SampleTail;
import org.hearthwatch.api.store.SampleWriter;
import org.hearthwatch.api.store.SeriesReader;
import org.hearthwatch.api.store.StoreAdmin;
import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Capability;
