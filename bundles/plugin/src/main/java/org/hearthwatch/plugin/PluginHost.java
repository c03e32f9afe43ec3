package org.hearthwatch.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.hearthwatch.plugin.jar.PluginJar;
import org.hearthwatch.plugin.jar.Surroundings;

/** Where plugins run: the OSGi framework. At most one plugin of a symbolic name is in it. Called by one thread at a time. */
public interface PluginHost {

    /** What is in it beside plugins. */
    Surroundings surroundings();

    /** The symbolic names of all plugins in it, those of an earlier run of the appliance included. */
    Set<String> installed();

    /** The names of a plugin's collectors whose newest run succeeded. */
    Set<String> workingCollectors(String symbolicName);

    /**
     * Starts a plugin from these very bytes. One of the same name that is there already, running or not, gives way and keeps
     * its data area.
     *
     * @throws HostException if it did not start in time or threw; nothing of it is left then but its place
     */
    void start(PluginJar plugin, Path bytes) throws HostException;

    /**
     * Stops a plugin and takes it out; does nothing where there is none of that name.
     *
     * @return the names of its threads that did not end although they were interrupted
     */
    List<String> remove(String symbolicName);

    /** As {@link #remove}, but leaves it in, with its data area. */
    List<String> stop(String symbolicName);

    /** What went wrong in a plugin; the message says it for people. */
    final class HostException extends Exception {

        private static final long serialVersionUID = 1L;

        public HostException(String message, Throwable cause) {
            super(message, cause);
        }

        public HostException(String message) {
            super(message);
        }
    }
}
