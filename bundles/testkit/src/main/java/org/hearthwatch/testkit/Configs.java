package org.hearthwatch.testkit;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Makes the typed configuration of a component from the settings a test names; all others have their declared default. */
public final class Configs {

    private Configs() {}

    /**
     * A configuration.
     *
     * @param settings by method name, with values of the method's type
     * @throws IllegalArgumentException if the type has no such setting, or a setting without a default is missing
     */
    public static <C extends Annotation> C of(Class<C> type, Map<String, ?> settings) {
        Set<String> unknown = new TreeSet<>(settings.keySet());
        for (Method method : type.getDeclaredMethods()) {
            unknown.remove(method.getName());
            if (method.getParameterCount() == 0
                    && method.getDefaultValue() == null
                    && !settings.containsKey(method.getName())) {
                throw new IllegalArgumentException(type.getSimpleName() + " needs " + method.getName());
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(type.getSimpleName() + " has no setting " + unknown);
        }
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            String name = method.getName();
            if (method.getDeclaringClass() == type) {
                Object set = settings.get(name);
                return set == null ? method.getDefaultValue() : set;
            }
            return switch (name) {
                case "annotationType" -> type;
                case "hashCode" -> settings.hashCode();
                case "equals" -> proxy == args[0];
                default -> "@" + type.getSimpleName() + settings;
            };
        }));
    }

    /** A configuration with every setting at its default. */
    public static <C extends Annotation> C defaults(Class<C> type) {
        return of(type, Map.of());
    }

    /** The names of the settings a configuration type has, sorted. */
    public static Set<String> settingsOf(Class<? extends Annotation> type) {
        var names = new TreeSet<String>();
        Arrays.stream(type.getDeclaredMethods()).map(Method::getName).forEach(names::add);
        return names;
    }
}
