package org.hearthwatch.api.config;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Settings of which there may be several of a kind, such as channels to people, as forms that can be filled in. Each set is a
 * file {@code etc/PID-NAME.cfg}; what is written here holds within seconds. Whoever lets people change one records that in
 * the audit log first. Thread-safe.
 */
@ProviderType
public interface SettingsForms {

    /** The forms of the bundles that are installed, by PID. */
    List<Form> forms();

    /** The sets of a form, by name. */
    List<Entry> entries(String pid) throws IOException;

    /**
     * Makes or changes a set. A setting that is left out, or empty, is taken out of the file and has its default.
     *
     * @throws IllegalArgumentException if there is no such form or setting, a value is not allowed, or a secret is given
     *     where a reference to it belongs; nothing is changed then. The message never repeats a secret
     */
    void write(Entry entry) throws IOException;

    /** @return whether there was one of this name */
    boolean delete(String pid, String name) throws IOException;

    /**
     * What can be set.
     *
     * @param pid of the factory, such as {@code org.hearthwatch.notifier.mail}
     */
    record Form(String pid, String title, String description, List<Field> fields) {
        public Form {
            fields = List.copyOf(fields);
        }
    }

    /**
     * One setting.
     *
     * @param usual its default
     * @param options the only values allowed; empty for any
     * @param secret whether a reference to a secret belongs here, see {@code api.secret.SecretRef}
     */
    record Field(String key, String title, String description, String usual, List<String> options, boolean secret) {
        public Field {
            options = List.copyOf(options);
        }
    }

    /**
     * A set of settings.
     *
     * @param name letters, digits, dashes and underscores, 1 to 64
     * @param settings only those of the form that the file sets; one that is secret only if it is a reference
     */
    record Entry(String pid, String name, Map<String, String> settings) {
        public Entry {
            settings = Map.copyOf(settings);
        }
    }
}
