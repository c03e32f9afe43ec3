package org.hearthwatch.query.syntax;

/** Counts how deep an expression is nested, so that none is deep enough to exhaust a stack. Not thread-safe. */
final class Nesting {

    private final int limit;
    private int depth;

    Nesting(int limit) {
        this.limit = limit;
    }

    void enter(int at) throws SyntaxException {
        depth++;
        if (depth > limit) {
            throw new SyntaxException(at, "expression is nested more than " + limit + " levels deep");
        }
    }

    void leave() {
        depth--;
    }
}
