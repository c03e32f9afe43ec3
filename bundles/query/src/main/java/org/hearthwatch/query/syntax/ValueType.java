package org.hearthwatch.query.syntax;

/** What an expression yields. */
public enum ValueType {
    SCALAR("scalar", "scalar"),
    VECTOR("vector", "instant vector"),
    MATRIX("matrix", "range vector"),
    STRING("string", "string");

    private final String word;
    private final String title;

    ValueType(String word, String title) {
        this.word = word;
        this.title = title;
    }

    /** The word of the HTTP API. */
    public String word() {
        return word;
    }

    /** The words of the documentation, which messages use. */
    public String title() {
        return title;
    }
}
