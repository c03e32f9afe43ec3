package org.hearthwatch.alert.template;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The functions of Alertmanager 0.34 for the texts of messages. */
public final class AlertmanagerFunctions {

    private AlertmanagerFunctions() {}

    /**
     * The functions for one message.
     *
     * @param routeLabels of the route the message comes from
     * @param html whether {@code safeHtml} makes a text that is not escaped
     */
    public static Functions of(InstantSource clock, Map<String, String> routeLabels, boolean html) {
        return Functions.builder()
                .add("toUpper", 1, arguments -> arguments.text(0).toUpperCase(Locale.ROOT))
                .add("toLower", 1, arguments -> arguments.text(0).toLowerCase(Locale.ROOT))
                .add(
                        "title",
                        1,
                        arguments -> PrometheusFunctions.title(arguments.text(0).toLowerCase(Locale.ROOT)))
                .add("trimSpace", 1, arguments -> arguments.text(0).strip())
                .add("join", 2, AlertmanagerFunctions::join)
                .add("match", 2, arguments -> GoRegex.of(arguments.text(0)).finds(arguments.text(1)))
                .add("safeHtml", 1, arguments -> html ? new SafeHtml(arguments.text(0)) : arguments.text(0))
                .add("safeUrl", 1, arguments -> arguments.text(0))
                .add("urlUnescape", 1, AlertmanagerFunctions::urlUnescape)
                .add(
                        "reReplaceAll",
                        3,
                        arguments -> GoRegex.of(arguments.text(0)).replaceAll(arguments.text(2), arguments.text(1)))
                .add("stringSlice", 0, Integer.MAX_VALUE, Arguments::values)
                .add("date", 2, arguments -> GoLayout.format(time(arguments, 1).time(), arguments.text(0)))
                .add("tz", 2, arguments -> time(arguments, 1).in(arguments.text(0)))
                .add("now", 0, arguments -> GoTime.utc(clock.instant()))
                .add(
                        "since",
                        1,
                        arguments -> new GoDuration(
                                Duration.between(time(arguments, 0).time().toInstant(), clock.instant())
                                        .toNanos()))
                .add("humanizeDuration", 1, arguments -> PrometheusFunctions.humanizeDuration(arguments.number(0)))
                .add("toJson", 1, arguments -> TemplateJson.text(arguments.get(0)))
                .add(
                        "base64encode",
                        1,
                        arguments -> Base64.getUrlEncoder()
                                .encodeToString(arguments.text(0).getBytes(StandardCharsets.UTF_8)))
                .add("base64decode", 1, AlertmanagerFunctions::base64Decode)
                .add("list", 0, Integer.MAX_VALUE, Arguments::values)
                .add("append", 1, Integer.MAX_VALUE, AlertmanagerFunctions::append)
                .add("dict", 0, Integer.MAX_VALUE, AlertmanagerFunctions::dict)
                .add("routeLabels", 1, arguments -> routeLabels.getOrDefault(arguments.text(0), ""))
                .build();
    }

    private static Object join(Arguments arguments) throws TemplateException {
        return arguments.list(1).stream().map(Values::print).collect(Collectors.joining(arguments.text(0)));
    }

    private static GoTime time(Arguments arguments, int index) throws TemplateException {
        if (arguments.get(index) instanceof GoTime time) {
            return time;
        }
        throw arguments.wrongType(index, "time.Time");
    }

    private static Object urlUnescape(Arguments arguments) throws TemplateException {
        try {
            return URLDecoder.decode(arguments.text(0), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new TemplateException("invalid URL escape: " + e.getMessage());
        }
    }

    private static Object base64Decode(Arguments arguments) throws TemplateException {
        try {
            return new String(Base64.getUrlDecoder().decode(arguments.text(0)), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new TemplateException("illegal base64 data: " + e.getMessage());
        }
    }

    private static Object append(Arguments arguments) throws TemplateException {
        var all = new ArrayList<Object>(arguments.list(0));
        all.addAll(arguments.values().subList(1, arguments.size()));
        return List.copyOf(all);
    }

    private static Object dict(Arguments arguments) throws TemplateException {
        if (arguments.size() % 2 != 0) {
            throw new TemplateException("dict requires an even number of arguments");
        }
        var dict = new LinkedHashMap<String, Object>();
        for (int i = 0; i < arguments.size(); i += 2) {
            dict.put(arguments.text(i), arguments.get(i + 1));
        }
        return dict;
    }
}
