package org.hearthwatch.prometheus.osgi;

import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.hearthwatch.api.store.Importer;
import org.hearthwatch.api.store.StoreAdmin;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.prometheus.backfill.TextImporter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers the import of texts while there is a store. */
@Component(service = Importer.class)
public final class ImportComponent implements Importer {

    private final Importer importer;

    @Activate
    public ImportComponent(@Reference StoreAdmin store) {
        importer = new TextImporter(store, InstantSource.system());
    }

    @Override
    public List<String> formats() {
        return importer.formats();
    }

    @Override
    public ImportReport load(String format, String name, InputStream text, Consumer<String> progress)
            throws ImportException, IOException, StoreUnavailableException, InterruptedException {
        return importer.load(format, name, text, progress);
    }
}
