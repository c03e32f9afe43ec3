package org.hearthwatch.secret.osgi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
import java.util.stream.Stream;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.secret.PlaceHolders;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills place holders in configurations on their way to whoever they belong to; what is stored keeps them. */
final class SecretPlugin implements ConfigurationPlugin {

    private static final Logger LOG = LoggerFactory.getLogger(SecretPlugin.class);

    private final PlaceHolders holders;

    SecretPlugin(PlaceHolders holders) {
        this.holders = holders;
    }

    @Override
    public void modifyConfiguration(ServiceReference<?> reference, Dictionary<String, Object> properties) {
        fill(properties);
    }

    void fill(Dictionary<String, Object> properties) {
        for (String key : Collections.list(properties.keys())) {
            Object value = properties.get(key);
            if (texts(value).anyMatch(text -> !PlaceHolders.names(text).isEmpty())) {
                try {
                    properties.put(key, filled(value));
                } catch (SecretUnavailableException e) {
                    LOG.error("{}: {} stays as it stands: {}", properties.get("service.pid"), key, e.getMessage());
                }
            }
        }
    }

    /** The texts in a value of a configuration. */
    static Stream<String> texts(Object value) {
        if (value instanceof String text) {
            return Stream.of(text);
        }
        if (value instanceof String[] many) {
            return Arrays.stream(many);
        }
        return value instanceof Collection<?> many
                ? many.stream().filter(String.class::isInstance).map(String.class::cast)
                : Stream.empty();
    }

    private Object filled(Object value) throws SecretUnavailableException {
        if (value instanceof String text) {
            return holders.fill(text);
        }
        if (value instanceof String[] many) {
            String[] copy = many.clone();
            for (int i = 0; i < copy.length; i++) {
                copy[i] = holders.fill(copy[i]);
            }
            return copy;
        }
        List<Object> copy = new ArrayList<>();
        for (Object each : (Collection<?>) value) {
            copy.add(each instanceof String text ? holders.fill(text) : each);
        }
        return copy;
    }
}
