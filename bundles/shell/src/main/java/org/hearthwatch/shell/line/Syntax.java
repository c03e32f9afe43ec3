package org.hearthwatch.shell.line;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hearthwatch.shell.line.Completion.Suggestion;

/**
 * What a command takes. Options may stand before and behind the arguments, as {@code --name value} or
 * {@code --name=value}; behind {@code --} everything is an argument. (Karaf's own parser takes options only in front,
 * which nobody types.)
 *
 * @param name the command's word, such as {@code token-create}
 * @param summary one sentence in the third person
 * @param details what else the help tells; may be empty
 */
public record Syntax(String name, String summary, List<Parameter> arguments, List<Parameter> options, String details) {

    /** The scope every command stands in. */
    public static final String SCOPE = "hw";

    /** The flag every command has. */
    public static final String HELP = "--help";

    /** The flag of every command whose answer a script may want to read. */
    public static final String JSON = "--json";

    public Syntax {
        arguments = List.copyOf(arguments);
        options = List.copyOf(options);
    }

    public static Syntax of(String name, String summary) {
        return new Syntax(name, summary, List.of(), List.of(), "");
    }

    /** The same with one more argument that must be given. */
    public Syntax argument(String argument, String description, Completion completion) {
        return withArgument(new Parameter(argument, "", description, true, false, completion));
    }

    /** The same with one more argument that may be left out; only as the last. */
    public Syntax optionalArgument(String argument, String description, Completion completion) {
        return withArgument(new Parameter(argument, "", description, false, false, completion));
    }

    /** The same with one more argument that takes all words that are left, at least one; only as the last. */
    public Syntax repeatedArgument(String argument, String description, Completion completion) {
        return withArgument(new Parameter(argument, "", description, true, true, completion));
    }

    /** The same with one more option that takes a value. */
    public Syntax option(String option, String placeholder, String description, Completion completion) {
        return withOption(new Parameter(option, placeholder, description, false, false, completion));
    }

    /** The same with one more option that takes a value and must be given. */
    public Syntax requiredOption(String option, String placeholder, String description, Completion completion) {
        return withOption(new Parameter(option, placeholder, description, true, false, completion));
    }

    /** The same with one more option without a value. */
    public Syntax flag(String option, String description) {
        return withOption(new Parameter(option, "", description, false, false, Completion.NONE));
    }

    /** The same with {@value #JSON}. */
    public Syntax json() {
        return flag(JSON, "Answers in JSON, for scripts");
    }

    public Syntax details(String text) {
        return new Syntax(name, summary, arguments, options, text);
    }

    /** The name as it is typed in the shell. */
    public String fullName() {
        return SCOPE + ":" + name;
    }

    public Arguments parse(List<String> words) throws UsageException {
        Map<String, List<String>> values = new HashMap<>();
        int position = 0;
        boolean optionsEnded = false;
        for (var rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            if (!optionsEnded && word.equals("--")) {
                optionsEnded = true;
            } else if (!optionsEnded && looksLikeOption(word)) {
                int equals = word.indexOf('=');
                Parameter option = option(equals < 0 ? word : word.substring(0, equals));
                String value;
                if (equals >= 0) {
                    value = word.substring(equals + 1);
                } else if (option.isFlag()) {
                    value = "";
                } else if (rest.hasNext()) {
                    value = rest.next();
                } else {
                    throw new UsageException(option.name() + " needs a value: " + option.usage());
                }
                if (option.isFlag() && !value.isEmpty()) {
                    throw new UsageException(option.name() + " takes no value");
                }
                if (values.put(option.name(), List.of(value)) != null) {
                    throw new UsageException(option.name() + " stands twice");
                }
            } else if (position < arguments.size()) {
                Parameter argument = arguments.get(position);
                values.computeIfAbsent(argument.name(), name -> new ArrayList<>())
                        .add(word);
                position += argument.repeated() ? 0 : 1;
            } else {
                throw new UsageException(
                        "\"" + word + "\" is one word too many; put quotes around a value with spaces");
            }
        }
        for (Parameter needed : (Iterable<Parameter>) Stream.concat(arguments.stream(), options.stream())::iterator) {
            if (needed.required() && !values.containsKey(needed.name())) {
                throw new UsageException(needed.usage() + " is missing");
            }
        }
        return new Arguments(values);
    }

    /**
     * The words that may stand at a place of the command line.
     *
     * @param before the words in front of it, without the command's name
     * @param word what has been typed of the word itself
     */
    public List<Suggestion> complete(List<String> before, String word) {
        int position = 0;
        Optional<Parameter> awaiting = Optional.empty();
        List<String> used = new ArrayList<>();
        for (String earlier : before) {
            if (awaiting.isPresent()) {
                awaiting = Optional.empty();
            } else if (looksLikeOption(earlier)) {
                used.add(earlier);
                awaiting = options.stream()
                        .filter(option -> option.name().equals(earlier) && !option.isFlag())
                        .findFirst();
            } else if (position < arguments.size() && !arguments.get(position).repeated()) {
                position++;
            }
        }
        if (awaiting.isPresent()) {
            return awaiting.get().completion().suggest();
        }
        if (word.startsWith("-")) {
            return options.stream()
                    .filter(option -> !used.contains(option.name()))
                    .map(option -> new Suggestion(option.name(), option.description()))
                    .toList();
        }
        return position < arguments.size()
                ? arguments.get(position).completion().suggest()
                : List.of();
    }

    /** What {@value #HELP} prints. */
    public String help() {
        var usage = new StringBuilder(fullName());
        List<String> rows = new ArrayList<>();
        List<Parameter> all =
                Stream.concat(arguments.stream(), options.stream()).toList();
        int width = all.stream().mapToInt(each -> each.usage().length()).max().orElse(0);
        for (Parameter each : all) {
            usage.append(each.required() ? " " + each.usage() : " [" + each.usage() + "]");
            rows.add("  " + each.usage() + " ".repeat(width - each.usage().length()) + "  " + each.description());
        }
        var text = new StringBuilder(usage).append("\n\n").append(summary).append(".\n");
        if (!rows.isEmpty()) {
            text.append('\n').append(String.join("\n", rows)).append('\n');
        }
        if (!details.isEmpty()) {
            text.append('\n').append(details).append('\n');
        }
        return text.toString();
    }

    private Parameter option(String word) throws UsageException {
        for (Parameter option : options) {
            if (option.name().equals(word)) {
                return option;
            }
        }
        throw new UsageException("there is no option " + word);
    }

    /** A dash before a letter; {@code -1} and {@code -(a + b)} are expressions. */
    private static boolean looksLikeOption(String word) {
        return word.startsWith("--")
                || (word.length() > 1 && word.charAt(0) == '-' && Character.isLetter(word.charAt(1)));
    }

    private Syntax withArgument(Parameter argument) {
        return new Syntax(name, summary, plus(arguments, argument), options, details);
    }

    private Syntax withOption(Parameter option) {
        return new Syntax(name, summary, arguments, plus(options, option), details);
    }

    private static List<Parameter> plus(List<Parameter> list, Parameter one) {
        return Stream.concat(list.stream(), Stream.of(one)).toList();
    }
}
