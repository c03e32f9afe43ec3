package org.hearthwatch.notifier.webhook;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request to be made.
 *
 * @param headers besides {@code Content-Length} and {@code User-Agent}; they may hold secrets
 * @param body sent as it is
 */
@SuppressWarnings("ArrayRecordComponent") // bytes go in and out as copies
public record Call(String method, URI address, Map<String, String> headers, byte[] body) {

    public Call {
        headers = Map.copyOf(headers);
        body = body.clone();
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    /** With a header more, or another value of it. */
    public Call with(String name, String value) {
        var more = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(name, value);
        return new Call(method, address, more, body);
    }

    /** Headers and the rest of an address may hold secrets. */
    @Override
    public String toString() {
        return method + ' ' + address.getHost();
    }
}
