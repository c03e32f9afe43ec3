package org.hearthwatch.alert.template;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Times written by an example, as Go's {@code time.Format} does: the reference time is Mon Jan 2 15:04:05 MST 2006. */
final class GoLayout {

    /** Longer ones before those they begin with. */
    private static final List<String> PIECES = List.of(
            "January",
            "Jan",
            "Monday",
            "Mon",
            "MST",
            "2006",
            "-07:00:00",
            "-07:00",
            "-0700",
            "-07",
            "Z07:00",
            "Z0700",
            "002",
            "01",
            "02",
            "03",
            "04",
            "05",
            "06",
            "15",
            "_2",
            "PM",
            "pm",
            "1",
            "2",
            "3",
            "4",
            "5");

    private GoLayout() {}

    static String format(ZonedDateTime time, String layout) {
        var text = new StringBuilder();
        for (int i = 0; i < layout.length(); ) {
            int fraction = fraction(layout, i);
            if (fraction > 0) {
                text.append(nanos(time, layout.substring(i, i + fraction)));
                i += fraction;
                continue;
            }
            int at = i;
            Optional<String> piece = PIECES.stream()
                    .filter(candidate -> layout.startsWith(candidate, at))
                    .findFirst();
            if (piece.isPresent()) {
                text.append(written(time, piece.get()));
                i += piece.get().length();
            } else {
                text.append(layout.charAt(i));
                i++;
            }
        }
        return text.toString();
    }

    /** The length of a fraction of seconds, such as {@code .000} or {@code ,999}; 0 where there is none. */
    private static int fraction(String layout, int at) {
        if (at == 0 || ".,".indexOf(layout.charAt(at)) < 0 || at + 1 >= layout.length()) {
            return 0;
        }
        char digit = layout.charAt(at + 1);
        if (digit != '0' && digit != '9') {
            return 0;
        }
        int end = at + 1;
        while (end < layout.length() && layout.charAt(end) == digit) {
            end++;
        }
        return end < layout.length() && Character.isDigit(layout.charAt(end)) ? 0 : end - at;
    }

    private static String nanos(ZonedDateTime time, String piece) {
        String digits =
                String.format(Locale.ROOT, "%09d", time.getNano()).substring(0, Math.min(9, piece.length() - 1));
        if (piece.charAt(1) == '9') {
            digits = digits.replaceAll("0+$", "");
            return digits.isEmpty() ? "" : piece.charAt(0) + digits;
        }
        return piece.charAt(0) + digits;
    }

    private static String written(ZonedDateTime time, String piece) {
        return switch (piece) {
            case "January" -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case "Jan" -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case "Monday" -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case "Mon" -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case "MST" ->
                time.getOffset().equals(ZoneOffset.UTC) && time.getZone() instanceof ZoneOffset
                        ? "UTC"
                        : pattern(time, "zzz");
            case "2006" -> pattern(time, "uuuu");
            case "-07:00:00" -> pattern(time, "xxxxx");
            case "-07:00" -> pattern(time, "xxx");
            case "-0700" -> pattern(time, "xx");
            case "-07" -> pattern(time, "x");
            case "Z07:00" -> pattern(time, "XXX");
            case "Z0700" -> pattern(time, "XX");
            case "002" -> pattern(time, "DDD");
            case "01" -> pattern(time, "MM");
            case "1" -> pattern(time, "M");
            case "02" -> pattern(time, "dd");
            case "_2" -> String.format(Locale.ROOT, "%2d", time.getDayOfMonth());
            case "2" -> pattern(time, "d");
            case "15" -> pattern(time, "HH");
            case "03" -> pattern(time, "hh");
            case "3" -> pattern(time, "h");
            case "04" -> pattern(time, "mm");
            case "4" -> pattern(time, "m");
            case "05" -> pattern(time, "ss");
            case "5" -> pattern(time, "s");
            case "06" -> pattern(time, "uu");
            case "PM" -> time.getHour() < 12 ? "AM" : "PM";
            default -> time.getHour() < 12 ? "am" : "pm";
        };
    }

    private static String pattern(ZonedDateTime time, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
    }
}
