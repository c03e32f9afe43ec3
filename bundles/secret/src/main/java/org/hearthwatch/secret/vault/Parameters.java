package org.hearthwatch.secret.vault;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** A slot's parameters as text: {@code name=value}, separated by spaces, in their order; no value has a space in it. */
record Parameters(Map<String, String> values) {

    static Parameters of(String... namesAndValues) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Parameters(values);
    }

    /** @throws IllegalArgumentException if it is not of that form */
    static Parameters parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String word : text.split(" ", -1)) {
            int equals = word.indexOf('=');
            if (equals <= 0 || values.put(word.substring(0, equals), word.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("a parameter is not name=value, or stands twice");
            }
        }
        return new Parameters(values);
    }

    String get(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the parameter " + name + " is missing");
        }
        return value;
    }

    int number(String name, int least, int most) {
        int value = Integer.parseInt(get(name));
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " of " + value + " is outside " + least + " to " + most);
        }
        return value;
    }

    byte[] bytes(String name, int length) {
        byte[] bytes = HexFormat.of().parseHex(get(name));
        if (bytes.length != length) {
            throw new IllegalArgumentException("the parameter " + name + " has not " + length + " bytes");
        }
        return bytes;
    }

    @Override
    public String toString() {
        var text = new StringJoiner(" ");
        values.forEach((name, value) -> text.add(name + "=" + value));
        return text.toString();
    }
}
