package org.hearthwatch.alert.notify;

import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hearthwatch.alert.template.Arguments;
import org.hearthwatch.alert.template.Members;
import org.hearthwatch.alert.template.TemplateException;

/** A list that templates can join. Immutable. */
class Sequence extends AbstractList<Object> implements Members {

    private final String typeName;
    private final List<?> elements;

    Sequence(String typeName, List<?> elements) {
        this.typeName = typeName;
        this.elements = List.copyOf(elements);
    }

    @Override
    public Object get(int index) {
        return elements.get(index);
    }

    @Override
    public int size() {
        return elements.size();
    }

    @Override
    public String typeName() {
        return typeName;
    }

    @Override
    public Optional<Object> member(String name, List<Object> arguments) throws TemplateException {
        if (!name.equals("Join")) {
            return Optional.empty();
        }
        String separator = new Arguments(name, arguments).text(0);
        return Optional.of(elements.stream().map(String::valueOf).collect(Collectors.joining(separator)));
    }

    @Override
    public String toString() {
        return elements.stream().map(String::valueOf).collect(Collectors.joining(" ", "[", "]"));
    }
}
