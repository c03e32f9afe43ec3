package org.hearthwatch.collector.runtime.doctor;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A setting as a bundle's metatype declares it (OSGi Compendium, chapter 105).
 *
 * @param name what people call it
 * @param usual the default, empty for none
 * @param type the metatype's word: String, Integer, Long, Boolean, Double, Password, ...
 * @param min empty for none
 * @param max empty for none
 * @param options the only values allowed; empty for any
 * @param list whether it takes several values, separated by commas
 */
public record Setting(
        String key,
        String name,
        String description,
        String usual,
        String type,
        String min,
        String max,
        List<String> options,
        boolean list,
        boolean required) {

    public Setting {
        options = List.copyOf(options);
    }

    /** What is allowed, as the end of a sentence, if the value is not. */
    public Optional<String> refusal(String value) {
        List<String> values = list ? List.of(value.split("\\s*,\\s*")) : List.of(value.strip());
        return values.stream().allMatch(this::allows) ? Optional.empty() : Optional.of(allowed());
    }

    /** Whether its value must not be shown. */
    public boolean isSecret() {
        String name = key.toLowerCase(Locale.ROOT);
        return type.equals("Password")
                || name.contains("password")
                || name.contains("secret")
                || name.contains("token")
                || name.contains("passphrase");
    }

    private boolean allows(String value) {
        if (!options.isEmpty()) {
            return options.contains(value);
        }
        return switch (type) {
            case "Integer", "Long", "Short", "Byte" -> isNumber(value) && isWhole(value) && isWithin(value);
            case "Double", "Float" -> isNumber(value) && isWithin(value);
            case "Boolean" -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
            case "Character", "Char" -> value.length() == 1;
            default -> true;
        };
    }

    private String allowed() {
        if (!options.isEmpty()) {
            return "one of " + String.join(", ", options);
        }
        return switch (type) {
            case "Boolean" -> "true or false";
            case "Character", "Char" -> "one character";
            case "Double", "Float" -> "a number" + range();
            default -> "a whole number" + range();
        };
    }

    private String range() {
        String from = min.isEmpty() ? "" : " from " + min;
        return max.isEmpty() ? from : from + (min.isEmpty() ? " up to " : " to ") + max;
    }

    private boolean isWithin(String value) {
        var number = new BigDecimal(value);
        return (min.isEmpty() || number.compareTo(new BigDecimal(min)) >= 0)
                && (max.isEmpty() || number.compareTo(new BigDecimal(max)) <= 0);
    }

    private static boolean isNumber(String value) {
        try {
            return value.length() <= 40 && new BigDecimal(value).scale() > -400;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isWhole(String value) {
        return value.chars().skip(value.startsWith("-") ? 1 : 0).allMatch(Character::isDigit);
    }
}
