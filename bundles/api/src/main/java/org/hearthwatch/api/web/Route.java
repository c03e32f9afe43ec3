package org.hearthwatch.api.web;

import java.util.regex.Pattern;

/**
 * One thing that can be asked over HTTP.
 *
 * @param path begins with {@code /}; a segment {@code {name}} takes any one segment, a last segment {@code {name...}} any
 *     rest, the empty one too. A literal segment wins over a placeholder, a placeholder over a rest.
 * @param guard who may ask
 */
public record Route(Method method, String path, Guard guard, Handler handler) {

    private static final Pattern PATH =
            Pattern.compile("(/([A-Za-z0-9._~-]+|\\{[a-zA-Z][a-zA-Z0-9]*}))*(/|/\\{[a-zA-Z][a-zA-Z0-9]*\\.\\.\\.})?");

    /** The methods served; HEAD is answered by GET's route. */
    public enum Method {
        GET,
        POST,
        PUT,
        DELETE;

        /** Whether the method may change something, so that a browser's request needs the session's CSRF token. */
        public boolean isUnsafe() {
            return this != GET;
        }
    }

    public Route {
        if (path.isEmpty() || !PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("Not a route's path: " + path);
        }
    }

    public static Route get(String path, Guard guard, Handler handler) {
        return new Route(Method.GET, path, guard, handler);
    }

    public static Route post(String path, Guard guard, Handler handler) {
        return new Route(Method.POST, path, guard, handler);
    }

    public static Route put(String path, Guard guard, Handler handler) {
        return new Route(Method.PUT, path, guard, handler);
    }

    public static Route delete(String path, Guard guard, Handler handler) {
        return new Route(Method.DELETE, path, guard, handler);
    }
}
