package org.hearthwatch.alert.template;

import java.util.List;

/**
 * A function templates can call. Values are {@link Boolean}, {@link Long}, {@link Double}, {@link String}, {@link Nil},
 * {@link GoDuration}, {@link List}, {@link java.util.Map} and {@link Members}.
 */
@FunctionalInterface
public interface TemplateFunction {

    /** @throws TemplateException if it cannot be answered, saying why */
    Object call(Arguments arguments) throws TemplateException;
}
