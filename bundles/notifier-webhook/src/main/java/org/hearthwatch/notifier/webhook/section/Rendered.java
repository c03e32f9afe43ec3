package org.hearthwatch.notifier.webhook.section;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.notifier.webhook.Draft;
import org.hearthwatch.notifier.webhook.Json;
import org.jspecify.annotations.Nullable;

/**
 * Values of which every text is a template, as Alertmanager renders a webhook's {@code payload} and a pager's details: a
 * template that yields JSON becomes what the JSON says, one that yields nothing becomes null, any other a text.
 */
final class Rendered {

    private Rendered() {}

    static @Nullable Object of(Draft draft, Object value) throws DeliveryException {
        if (value instanceof String template) {
            return parsed(draft.text(template));
        }
        if (value instanceof List<?> list) {
            var rendered = new ArrayList<@Nullable Object>();
            for (Object item : list) {
                rendered.add(of(draft, item));
            }
            return rendered;
        }
        if (value instanceof Map<?, ?> map) {
            var rendered = new LinkedHashMap<String, @Nullable Object>();
            for (Map.Entry<?, ?> field : map.entrySet()) {
                Object inner = field.getValue();
                rendered.put(draft.text(String.valueOf(field.getKey())), inner == null ? null : of(draft, inner));
            }
            return rendered;
        }
        return value;
    }

    private static @Nullable Object parsed(String text) {
        if (text.isBlank()) {
            return null;
        }
        JsonNode json = Json.read(text);
        return json.isMissingNode() || json.isTextual() ? text : json;
    }
}
