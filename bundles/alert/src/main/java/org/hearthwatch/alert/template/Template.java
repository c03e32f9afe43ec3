package org.hearthwatch.alert.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * A text that was read once and can be expanded again and again.
 *
 * <pre>{@code
 * Template template = Template.parse("greeting", "Hello {{ .name | toUpper }}", List.of(), functions);
 * template.expand(Map.of("name", "you"), Map.of(), Bounds.DEFAULT, System::nanoTime);
 * }</pre>
 *
 * <p>Immutable and thread-safe as far as its functions are.
 */
public final class Template {

    private final String name;
    private final String text;
    private final Map<String, Source> templates;
    private final Functions functions;

    /** A defined template and the text it stands in, for messages. */
    record Source(Node.Block body, String name, String text) {}

    private Template(String name, String text, Map<String, Source> templates, Functions functions) {
        this.name = name;
        this.text = text;
        this.templates = templates;
        this.functions = functions;
    }

    /**
     * Reads a text.
     *
     * @param variables names, with their dollar signs, that are given when it is expanded
     * @throws TemplateException naming the line that is wrong
     */
    public static Template parse(String name, String text, List<String> variables, Functions functions)
            throws TemplateException {
        return new Template(name, text, sources(name, text, variables, functions), functions);
    }

    /** This template with those another text defines, which it may then call; of two of one name the later counts. */
    public Template with(String file, String definitions) throws TemplateException {
        var all = new TreeMap<>(templates);
        sources(file, definitions, List.of(), functions).forEach(all::put);
        return new Template(name, text, all, functions);
    }

    private static Map<String, Source> sources(String name, String text, List<String> variables, Functions functions)
            throws TemplateException {
        var sources = new TreeMap<String, Source>();
        Parser.parse(name, text, variables, functions)
                .forEach((defined, body) -> sources.put(defined, new Source(body, name, text)));
        return sources;
    }

    public String name() {
        return name;
    }

    /** The text it was read from. */
    public String text() {
        return text;
    }

    /**
     * The text with everything filled in.
     *
     * @param dot what {@code .} is at the beginning
     * @param variables the values of those it was parsed with
     * @param nanoTime a clock that only goes forward
     * @throws TemplateException if something in it cannot be answered, or it passes a bound
     */
    public String expand(Object dot, Map<String, Object> variables, Bounds bounds, LongSupplier nanoTime)
            throws TemplateException {
        return expand(dot, variables, bounds, nanoTime, false);
    }

    /** As {@link #expand}, with what is filled in escaped for HTML but for what is {@link SafeHtml}. */
    public String expandHtml(Object dot, Map<String, Object> variables, Bounds bounds, LongSupplier nanoTime)
            throws TemplateException {
        return expand(dot, variables, bounds, nanoTime, true);
    }

    private String expand(Object dot, Map<String, Object> variables, Bounds bounds, LongSupplier nanoTime, boolean html)
            throws TemplateException {
        var scope = new ArrayList<Execution.Binding>();
        variables.forEach((variable, value) -> scope.add(new Execution.Binding(variable, value)));
        return new Execution(templates, functions, bounds, nanoTime, html).run(name, dot, scope);
    }
}
