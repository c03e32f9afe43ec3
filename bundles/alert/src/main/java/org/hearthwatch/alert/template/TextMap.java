package org.hearthwatch.alert.template;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Texts by name, such as labels; one that is missing is the empty text. Immutable. */
public final class TextMap extends AbstractMap<String, String> {

    private final Map<String, String> texts;

    public TextMap(Map<String, String> texts) {
        this.texts = new TreeMap<>(texts);
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return Collections.unmodifiableSet(texts.entrySet());
    }

    @Override
    public String get(Object name) {
        return texts.getOrDefault(name, "");
    }
}
