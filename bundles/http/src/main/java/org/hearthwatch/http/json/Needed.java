package org.hearthwatch.http.json;

import java.util.function.Supplier;
import org.hearthwatch.api.web.HttpProblem;
import org.jspecify.annotations.Nullable;

/** A service that may not be there at the moment. */
@FunctionalInterface
public interface Needed<T> {

    /** @throws HttpProblem 503 naming what is missing */
    T get() throws HttpProblem;

    /** @param name what is missing when the supplier has nothing, in the reader's words */
    static <T> Needed<T> of(String name, Supplier<@Nullable T> service) {
        return () -> {
            T present = service.get();
            if (present == null) {
                throw new HttpProblem(
                        503, "The " + name + " is not running. `hearthwatch doctor` and the log say why.");
            }
            return present;
        };
    }
}
