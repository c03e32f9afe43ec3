package org.hearthwatch.backup.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.hearthwatch.backup.BeforeUpgrade;
import org.hearthwatch.backup.PendingRestore;
import org.hearthwatch.backup.Places;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a restore that waits in place, and makes a backup before another program than the last touches the state. This bundle has a lower start level than those whose state it is, and this component needs
 * nothing, so it is through before they begin.
 */
@Component(
        service = {},
        immediate = true)
public final class RestoreAtStart {

    private static final Logger LOG = LoggerFactory.getLogger(RestoreAtStart.class);

    @Activate
    public RestoreAtStart(BundleContext context) {
        Places places = places(context);
        try {
            for (String folder : new PendingRestore(places).apply()) {
                LOG.warn("Restored from a backup: {}", folder);
            }
        } catch (IOException e) {
            LOG.error(
                    "A restore could not be put in place whole: {}. It goes on at the next start; hw:backup-restore --cancel"
                            + " takes back what is left of it",
                    e.toString());
        }
        try {
            new BeforeUpgrade(places, InstantSource.system(), new SecureRandom())
                    .keep(version(context))
                    .ifPresent(made -> LOG.info("The program is another than before: a backup was made first, {}", made));
        } catch (IOException e) {
            LOG.error(
                    "The program is another than before, and no backup could be made first: {}. The next start tries again",
                    e.getMessage());
        }
    }

    /** The version of this program. */
    static String version(BundleContext context) {
        String version = context.getProperty("hearthwatch.version");
        return version == null ? context.getBundle().getVersion().toString() : version;
    }

    /** Where the framework says things are. */
    static Places places(BundleContext context) {
        String data = context.getProperty("karaf.data");
        if (data == null) {
            throw new IllegalStateException("The framework property karaf.data names no state folder");
        }
        String home = context.getProperty("hearthwatch.home");
        Path state = Path.of(data);
        return new Places(home == null ? state.resolveSibling("home") : Path.of(home), state);
    }
}
