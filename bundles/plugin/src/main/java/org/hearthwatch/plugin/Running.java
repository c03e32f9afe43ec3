package org.hearthwatch.plugin;

import java.nio.file.Path;
import org.hearthwatch.plugin.jar.PluginJar;

/**
 * A plugin at work.
 *
 * @param file its name in the plugin folder
 * @param copy the very bytes the framework has
 */
record Running(String file, String sha256, PluginJar jar, Path copy) {}
