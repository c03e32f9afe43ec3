package org.hearthwatch.alert.template;

/** Go's {@code nil}: the value that is none. */
public enum Nil {
    NIL
}
