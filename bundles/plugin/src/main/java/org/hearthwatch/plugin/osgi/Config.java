package org.hearthwatch.plugin.osgi;

import java.time.Duration;
import org.hearthwatch.api.config.SettingReader;
import org.hearthwatch.plugin.Settings;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings as they stand in the file. */
@ObjectClassDefinition(name = "Plugins", description = "How the plugin folder is treated")
public @interface Config {

    /** The configuration's name. */
    String PID = "org.hearthwatch.plugin";

    @AttributeDefinition(description = "The longest jar that is accepted; a size such as 32MB, 1KB to 256MB")
    String maxFileSize() default "32MB";

    @AttributeDefinition(description = "The most jars that are looked at; 1 to 1000")
    int maxFiles() default 64;

    @AttributeDefinition(description = "How long a plugin may take to start; a duration, 1s to 5m")
    String startTimeout() default "10s";

    @AttributeDefinition(
            description = "How long a plugin may take to stop and its threads to end; a duration, 100ms to 1m")
    String stopTimeout() default "3s";

    @AttributeDefinition(
            description =
                    "How often the folder is looked at where the system reports no change; a duration, 100ms to 1h")
    String rescanInterval() default "2s";

    @AttributeDefinition(
            description = "How long a new version has until the collectors that worked before work again; a duration,"
                    + " 1s to 10m")
    String trial() default "30s";

    @AttributeDefinition(
            description =
                    "What becomes of plugins that no trusted key signed: approve (an administrator may let them in)"
                            + " or refuse")
    String unsigned() default "approve";

    /** What becomes of plugins that no trusted key signed. */
    enum Unsigned {
        APPROVE,
        REFUSE
    }

    /** What the settings come to. */
    record Read(Settings settings, Duration rescanInterval) {

        private static final SettingReader READER = new SettingReader(PID);

        static Read of(Config config) {
            return new Read(
                    new Settings(
                            READER.bytes("maxFileSize", config.maxFileSize(), 1 << 10, 256L << 20),
                            READER.count("maxFiles", config.maxFiles(), 1, 1000),
                            READER.duration(
                                    "startTimeout",
                                    config.startTimeout(),
                                    Duration.ofSeconds(1),
                                    Duration.ofMinutes(5)),
                            READER.duration(
                                    "stopTimeout", config.stopTimeout(), Duration.ofMillis(100), Duration.ofMinutes(1)),
                            READER.duration("trial", config.trial(), Duration.ofSeconds(1), Duration.ofMinutes(10)),
                            READER.word("unsigned", config.unsigned(), Unsigned.class) == Unsigned.APPROVE),
                    READER.duration(
                            "rescanInterval", config.rescanInterval(), Duration.ofMillis(100), Duration.ofHours(1)));
        }
    }
}
