package org.hearthwatch.shell;

import java.util.Optional;

/**
 * The appliance's services as they are at this moment. A command asks when it runs: one whose service is missing still
 * stands in the shell and says what is missing.
 */
@FunctionalInterface
public interface Services {

    <S> Optional<S> find(Class<S> type);

    /**
     * A service the command cannot do without.
     *
     * @param what what people call it, such as {@code the store}
     */
    default <S> S need(Class<S> type, String what) throws CommandFailure {
        return find(type)
                .orElseThrow(() -> new CommandFailure("This needs " + what
                        + ", which is not running. hw:doctor says why; is its bundle in bundle:list?"));
    }
}
