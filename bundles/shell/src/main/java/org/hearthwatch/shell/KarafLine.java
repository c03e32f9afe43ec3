package org.hearthwatch.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a line at Karaf's shell does beside our own commands, which have themselves recorded: a line of Karaf's commands that
 * only look is nothing; of every other one the commands' names are told, and their words only where no secret stands among
 * them.
 */
public final class KarafLine {

    /** What ends a command and may begin another; whatever it means in each place, more is looked at rather than less. */
    private static final String SEPARATORS = "|;&{}()`\n\r";

    private static final Pattern BLANK = Pattern.compile("\\s+");

    /** Scopes whose words are names, numbers and files. */
    private static final Set<String> PLAIN_SCOPES = Set.of("bundle", "log", "scr", "system");

    private static final Set<String> LOOKING = Set.of(
            "bundle:capabilities",
            "bundle:classes",
            "bundle:diag",
            "bundle:find-class",
            "bundle:headers",
            "bundle:id",
            "bundle:info",
            "bundle:list",
            "bundle:requirements",
            "bundle:services",
            "bundle:status",
            "bundle:tree-show",
            "config:exists",
            "config:list",
            "log:display",
            "log:exception-display",
            "log:get",
            "log:list",
            "log:tail",
            "scr:components",
            "scr:details",
            "scr:info",
            "scr:list",
            "service:list",
            "service:wait",
            "shell:cat",
            "shell:clear",
            "shell:completion",
            "shell:date",
            "shell:echo",
            "shell:exit",
            "shell:grep",
            "shell:head",
            "shell:help",
            "shell:history",
            "shell:info",
            "shell:logout",
            "shell:less",
            "shell:more",
            "shell:printf",
            "shell:sort",
            "shell:stack-traces-print",
            "shell:tac",
            "shell:tail",
            "shell:threads",
            "shell:uniq",
            "shell:wc",
            "system:framework",
            "system:name",
            "system:version",
            "*:help",
            "*:exit",
            "*:logout");

    private KarafLine() {}

    /**
     * @param own the names of our commands, without their scope
     * @return what is to be recorded, a text for each command
     */
    public static List<String> changes(String line, Set<String> own) {
        List<String> changes = new ArrayList<>();
        for (String piece : pieces(line)) {
            String[] words = BLANK.split(piece.strip());
            String command = words[0];
            if (command.isEmpty() || isOwn(command, own) || looks(command)) {
                continue;
            }
            int colon = command.indexOf(':');
            boolean plain = colon > 0 && PLAIN_SCOPES.contains(command.substring(0, colon));
            changes.add(plain ? String.join(" ", words) : command);
        }
        return changes;
    }

    /** What stands in quotes is a word, but for a command that double quotes have run: {@code "$(...)"}. */
    private static List<String> pieces(String line) {
        List<String> pieces = new ArrayList<>();
        var piece = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char next = line.charAt(i);
            boolean runs = quote == '"' && next == '(' && i > 0 && line.charAt(i - 1) == '$';
            if (next == '\\' && quote != '\'') {
                i++;
            } else if (runs || (quote == 0 && SEPARATORS.indexOf(next) >= 0)) {
                pieces.add(piece.toString());
                piece.setLength(0);
                quote = runs ? 0 : quote;
            } else if (next == quote) {
                quote = 0;
            } else if (quote == 0 && (next == '"' || next == '\'')) {
                quote = next;
            } else {
                piece.append(next);
            }
        }
        pieces.add(piece.toString());
        return pieces;
    }

    private static boolean isOwn(String command, Set<String> own) {
        return own.contains(command.startsWith("hw:") ? command.substring("hw:".length()) : command);
    }

    /** Without a scope Karaf looks for a command in all of them: it must only look in each that has one. */
    private static boolean looks(String command) {
        return command.indexOf(':') >= 0
                ? LOOKING.contains(command)
                : LOOKING.contains("*:" + command) || LOOKING.contains("shell:" + command);
    }
}
