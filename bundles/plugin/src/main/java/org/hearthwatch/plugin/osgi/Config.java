package org.hearthwatch.plugin.osgi;

import java.time.Duration;
import org.hearthwatch.api.config.ByteSize;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.config.InvalidSettingException;
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
            description = "What becomes of plugins that no trusted key signed: approve (an administrator may let them in)"
                    + " or refuse")
    String unsigned() default "approve";

    /** What the settings come to. */
    record Read(Settings settings, Duration rescanInterval) {

        static Read of(Config config) {
            return new Read(
                    new Settings(
                            size("maxFileSize", config.maxFileSize(), 1 << 10, 256L << 20),
                            count("maxFiles", config.maxFiles(), 1, 1000),
                            duration(
                                    "startTimeout",
                                    config.startTimeout(),
                                    Duration.ofSeconds(1),
                                    Duration.ofMinutes(5)),
                            duration(
                                    "stopTimeout",
                                    config.stopTimeout(),
                                    Duration.ofMillis(100),
                                    Duration.ofMinutes(1)),
                            duration("trial", config.trial(), Duration.ofSeconds(1), Duration.ofMinutes(10)),
                            byApproval(config.unsigned())),
                    duration("rescanInterval", config.rescanInterval(), Duration.ofMillis(100), Duration.ofHours(1)));
        }

        private static boolean byApproval(String word) {
            return switch (word) {
                case "approve" -> true;
                case "refuse" -> false;
                default -> throw new InvalidSettingException(PID, "unsigned", word, "approve or refuse");
            };
        }

        private static Duration duration(String key, String text, Duration least, Duration most) {
            String allowed = "a duration from " + HumanDuration.format(least) + " to " + HumanDuration.format(most);
            try {
                Duration value = HumanDuration.parse(text);
                if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
                    return value;
                }
            } catch (IllegalArgumentException e) {
                throw new InvalidSettingException(PID, key, text, allowed);
            }
            throw new InvalidSettingException(PID, key, text, allowed);
        }

        private static long size(String key, String text, long least, long most) {
            String allowed = "a size from " + new ByteSize(least) + " to " + new ByteSize(most);
            try {
                long value = ByteSize.parse(text).bytes();
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (IllegalArgumentException e) {
                throw new InvalidSettingException(PID, key, text, allowed);
            }
            throw new InvalidSettingException(PID, key, text, allowed);
        }

        private static int count(String key, int value, int least, int most) {
            if (value < least || value > most) {
                throw new InvalidSettingException(
                        PID, key, Integer.toString(value), "a number from " + least + " to " + most);
            }
            return value;
        }
    }
}
