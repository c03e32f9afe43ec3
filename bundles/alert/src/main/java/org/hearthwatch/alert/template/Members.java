package org.hearthwatch.alert.template;

import java.util.List;
import java.util.Optional;

/** A value with fields or methods that a template reaches by a dot. */
public interface Members {

    /** Its type as Go would name it, for messages. */
    String typeName();

    /**
     * The field, or the result of the method, of a name.
     *
     * @param arguments none for a field
     * @return empty if there is none of this name
     * @throws TemplateException if there is one that does not take these arguments
     */
    Optional<Object> member(String name, List<Object> arguments) throws TemplateException;
}
