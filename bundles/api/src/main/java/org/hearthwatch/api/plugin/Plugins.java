package org.hearthwatch.api.plugin;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The bundles dropped into the plugin folder. Thread-safe. */
@ProviderType
public interface Plugins {

    /** All, by file name. */
    List<Plugin> list();

    /**
     * Lets a quarantined plugin start, now and whenever this very file stands in the folder.
     *
     * @param sha256 the file's digest in lower-case hexadecimal, whole or at least its first 12 digits
     * @param approver who says so, for the record
     * @return what became of it: running, or failed with the reason
     * @throws PluginRefusal if no plugin has this digest or several do, or approvals are switched off
     */
    Plugin approve(String sha256, String approver) throws PluginRefusal;

    /**
     * As {@link #approve}, and lets it take the place of a higher version that ran before.
     *
     * @throws PluginRefusal also where this is switched off
     */
    default Plugin approveDowngrade(String sha256, String approver) throws PluginRefusal {
        throw new PluginRefusal("A lower version cannot be approved here");
    }

    /**
     * Stops a plugin, uninstalls it, deletes its file and forgets its approval.
     *
     * @param sha256 as in {@link #approve}
     */
    void remove(String sha256) throws PluginRefusal;

    /** What was asked cannot be done; the message says why. */
    final class PluginRefusal extends Exception {

        private static final long serialVersionUID = 1L;

        public PluginRefusal(String message) {
            super(message);
        }
    }
}
