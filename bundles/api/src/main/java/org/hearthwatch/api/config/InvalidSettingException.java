package org.hearthwatch.api.config;

import java.util.regex.Pattern;
import org.hearthwatch.api.classify.DataClass;
import org.hearthwatch.api.classify.DataClasses;

/** A configuration value that was refused. The message names the setting, the value and what is allowed. */
public final class InvalidSettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Some write user and password into an address, where nobody asked for them. */
    private static final Pattern USER_INFO = Pattern.compile("(?<=//)[^/@\\s]{1,1024}@");

    /**
     * A refusal for people to read.
     *
     * @param pid the configuration it stands in; its file is {@code etc/<pid>.cfg}
     * @param key the setting
     * @param value what stood there; of a secret nothing is shown
     * @param allowed what may stand there, as the end of a sentence: {@code a duration such as 15s, 5m or 15d}
     */
    public InvalidSettingException(String pid, String key, String value, String allowed) {
        super("etc/" + pid.replace('~', '-') + ".cfg: " + key + " = " + shown(pid, key, value)
                + " is not allowed; it takes " + allowed);
    }

    private static String shown(String pid, String key, String value) {
        String plain = USER_INFO.matcher(value).replaceAll("***@");
        return DataClasses.known().settingOrSensitive(pid, key).shown(plain, DataClass.SENSITIVE);
    }
}
