package org.hearthwatch.alert.yaml;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * The first document of a file, as Prometheus reads no further either.
 *
 * @param root empty for an empty file
 * @param problems why there is none
 */
public record YamlDocument(Optional<YamlValue> root, List<Problem> problems) {

    /** Aliases to mappings and lists; enough for any rule file, too few to blow one up. */
    private static final int MOST_ALIASES = 1_000;

    private static final int MOST_CHARACTERS = 16 << 20;

    /** Tabs between a key and its value, which YAML allows and the library does not. */
    private static final Pattern TABS = Pattern.compile("(?m)^([ -]*[\\w.\"'-]+:[ ]*)(\\t+)");

    /** Reads a text. */
    public static YamlDocument read(String text) {
        YamlDocument document = parse(text);
        if (document.root().isPresent() || document.problems().isEmpty() || text.indexOf('\t') < 0) {
            return document;
        }
        YamlDocument spaced = parse(TABS.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(1) + " ".repeat(match.group(2).length()))));
        return spaced.root().isPresent() ? spaced : document;
    }

    private static YamlDocument parse(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setCodePointLimit(MOST_CHARACTERS)
                .setAllowDuplicateKeys(true)
                .build();
        try {
            Iterator<Node> documents = new Composer(
                    settings, new BoundedEvents(new ParserImpl(settings, new StreamReader(settings, text))));
            if (!documents.hasNext()) {
                return new YamlDocument(Optional.empty(), List.of());
            }
            Node root = documents.next();
            Optional<String> tooMuch = Expansion.problem(root);
            return tooMuch.isPresent()
                    ? refused(Problem.Place.START, tooMuch.get())
                    : new YamlDocument(Optional.of(new YamlValue(root)), List.of());
        } catch (MarkedYamlEngineException e) {
            Problem.Place place = e.getProblemMark()
                    .map(mark -> new Problem.Place(mark.getLine() + 1, mark.getColumn() + 1))
                    .orElse(Problem.Place.START);
            return refused(place, e.getProblem());
        } catch (YamlEngineException e) {
            return refused(Problem.Place.START, String.valueOf(e.getMessage()));
        }
    }

    private static YamlDocument refused(Problem.Place place, String reason) {
        return new YamlDocument(Optional.empty(), List.of(Problem.of(place, reason, Problem.Kind.SYNTAX)));
    }
}
