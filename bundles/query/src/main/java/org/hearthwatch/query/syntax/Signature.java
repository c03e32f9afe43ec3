package org.hearthwatch.query.syntax;

import java.util.List;

/**
 * How a function may be called.
 *
 * @param parameters the types of its parameters; the last stands for all further ones
 * @param optional how many parameters at the end may be left out or repeated; {@link #ANY_NUMBER} for no upper limit
 * @param experimental whether it needs {@link Feature#PROMQL_EXPERIMENTAL_FUNCTIONS}
 */
public record Signature(
        String name, List<ValueType> parameters, int optional, ValueType returns, boolean experimental) {

    /** For {@link #optional}: the last parameter may be left out or given any number of times. */
    static final int ANY_NUMBER = -1;

    public Signature {
        parameters = List.copyOf(parameters);
    }
}
