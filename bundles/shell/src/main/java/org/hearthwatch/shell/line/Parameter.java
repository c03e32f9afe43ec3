package org.hearthwatch.shell.line;

/**
 * A place in a command's syntax: an argument, an option with a value, or a flag.
 *
 * @param name an argument's in capitals, such as {@code NAME}; an option's with its dashes, such as {@code --scope}
 * @param placeholder what stands for an option's value in the help; empty for a flag and for an argument
 * @param repeated whether all further arguments belong to it, too
 */
public record Parameter(
        String name,
        String placeholder,
        String description,
        boolean required,
        boolean repeated,
        Completion completion) {

    boolean isFlag() {
        return name.startsWith("-") && placeholder.isEmpty();
    }

    /** As it stands in the usage line, without brackets. */
    String usage() {
        return placeholder.isEmpty() ? name + (repeated ? "..." : "") : name + " " + placeholder;
    }
}
