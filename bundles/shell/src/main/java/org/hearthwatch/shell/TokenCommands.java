package org.hearthwatch.shell;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hearthwatch.api.access.Refusal;
import org.hearthwatch.api.access.Scope;
import org.hearthwatch.api.access.Token;
import org.hearthwatch.api.access.Tokens;
import org.hearthwatch.api.config.HumanDuration;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.shell.ShellCommand.Call;
import org.hearthwatch.shell.line.Completion;
import org.hearthwatch.shell.line.Completion.Suggestion;
import org.hearthwatch.shell.line.Syntax;
import org.hearthwatch.shell.line.UsageException;
import org.hearthwatch.shell.text.Json;
import org.hearthwatch.shell.text.Moments;
import org.hearthwatch.shell.text.Printable;
import org.hearthwatch.shell.text.Table;

/** {@code hw:token-create}, {@code hw:token-list} and {@code hw:token-revoke}. */
final class TokenCommands {

    /** The scopes, for the tab key. */
    static final Completion SCOPES = () -> List.of(
            new Suggestion("read", "look at everything but secrets"),
            new Suggestion("write", "also change what is watched"),
            new Suggestion("admin", "also manage people, tokens and plugins"));

    /** Of tokens only. */
    private static final Completion TOKEN_SCOPES = () -> Stream.concat(
                    SCOPES.suggest().stream(),
                    Stream.of(new Suggestion("push", "send samples of one source, and nothing else")))
            .toList();

    private static final String ACCESS = "the access control";
    private static final String NAME = "NAME";
    private static final String SCOPE = "--scope";
    private static final String SOURCE = "--source";
    private static final String TTL = "--ttl";
    private static final String OVERLAP = "--overlap";
    private static final Duration USUAL_OVERLAP = Duration.ofHours(24);
    private static final String QUIET = "--quiet";

    private final Services services;
    private final InstantSource clock;
    private final ZoneId zone;

    TokenCommands(Services services, InstantSource clock, ZoneId zone) {
        this.services = services;
        this.clock = clock;
        this.zone = zone;
    }

    List<ShellCommand> all() {
        Completion names = () -> services.find(Tokens.class).map(Tokens::list).orElse(List.of()).stream()
                .map(token -> new Suggestion(token.name(), token.scope().word()))
                .toList();
        return List.of(
                new ShellCommand(
                        Syntax.of("token-create", "Makes a bearer token and shows it, this once")
                                .argument(NAME, "What the token is for, such as grafana; unique", Completion.NONE)
                                .requiredOption(SCOPE, "SCOPE", "read, write, admin or push", TOKEN_SCOPES)
                                .option(
                                        SOURCE,
                                        "NAME",
                                        "For push: whose samples it brings; they get the label source=NAME",
                                        Completion.NONE)
                                .option(
                                        TTL,
                                        "DURATION",
                                        "How long it holds, such as 90d; for ever where not given",
                                        Completion.of("7d", "30d", "90d", "1y"))
                                .flag(QUIET, "Prints the token and nothing else")
                                .json(),
                        this::create),
                new ShellCommand(
                        Syntax.of("token-list", "Lists the bearer tokens, never the tokens themselves")
                                .json(),
                        this::list),
                new ShellCommand(
                        Syntax.of("token-rotate", "Puts a new token in a token's place and shows it, this once")
                                .argument(NAME, "The token, as in hw:token-list", names)
                                .option(
                                        OVERLAP,
                                        "DURATION",
                                        "How long the former is still good, at most 7d; 24h where not given",
                                        Completion.of("0s", "1h", "24h", "7d")),
                        this::rotate),
                new ShellCommand(
                        Syntax.of("token-revoke", "Ends a bearer token at once")
                                .argument(NAME, "The token, as in hw:token-list", names),
                        this::revoke));
    }

    private int create(Call call) throws CommandFailure, UsageException, Refusal {
        String name = call.arguments().get(NAME);
        Scope scope = call.arguments().get(SCOPE, Scope::of);
        var lifetime = call.arguments().find(TTL, HumanDuration::parse);
        Optional<String> source = call.arguments().find(SOURCE, text -> text);
        if (source.isPresent() != (scope == Scope.PUSH)) {
            throw new UsageException("--scope push and --source NAME go together");
        }
        Tokens tokens = services.need(Tokens.class, ACCESS);
        try (Secret token = tokens.create(call.who(), name, scope, source, lifetime)) {
            byte[] bytes = token.reveal();
            String text = new String(bytes, StandardCharsets.UTF_8);
            Arrays.fill(bytes, (byte) 0);
            Optional<Instant> expires = lifetime.map(clock.instant()::plus);
            if (call.json()) {
                call.screen()
                        .line(Json.object(json -> json.field("name", name)
                                .field("scope", scope.word())
                                .field("source", source)
                                .field("expires", expires)
                                .field("token", text)));
            } else {
                call.screen().line(text);
                if (!call.arguments().has(QUIET)) {
                    call.screen()
                            .line("Keep it now: it is not shown again. It may "
                                    + scope.word()
                                    + source.map(of -> " as " + of).orElse("") + " and holds "
                                    + expires.map(end -> "until " + Moments.show(end, zone))
                                            .orElse("until it is revoked")
                                    + ".");
                    call.screen().line("Use it as the header  Authorization: Bearer <token>");
                }
            }
        }
        return ShellCommand.OK;
    }

    private int list(Call call) throws CommandFailure {
        List<Token> tokens = services.need(Tokens.class, ACCESS).list();
        if (call.json()) {
            call.screen()
                    .line(Json.array(
                            tokens,
                            (json, token) -> json.field("name", token.name())
                                    .field("scope", token.scope().word())
                                    .field("source", token.source())
                                    .field("owner", token.owner())
                                    .field("formerUntil", token.formerUntil())
                                    .field("created", token.created())
                                    .field("expires", token.expires())
                                    .field("lastUsed", token.lastUsed())));
            return ShellCommand.OK;
        }
        Function<Instant, String> show = moment -> Moments.show(moment, zone);
        var table = new Table("NAME", "SCOPE", "SOURCE", "OWNER", "CREATED", "EXPIRES", "LAST USED");
        tokens.forEach(token -> table.row(
                token.name(),
                token.scope().word(),
                token.source().orElse("-"),
                token.owner().orElse("operator"),
                show.apply(token.created()),
                token.expires()
                        .map(end -> end.isAfter(clock.instant()) ? show.apply(end) : "expired")
                        .orElse("never"),
                token.lastUsed().map(show).orElse("never")));
        call.screen().table(table, "There is no token. Make one: hw:token-create NAME --scope read");
        return ShellCommand.OK;
    }

    private int rotate(Call call) throws CommandFailure, UsageException, Refusal {
        String name = call.arguments().get(NAME);
        Duration overlap = call.arguments().find(OVERLAP, HumanDuration::parse).orElse(USUAL_OVERLAP);
        try (Secret token = services.need(Tokens.class, ACCESS).rotate(name, overlap)) {
            byte[] bytes = token.reveal();
            call.screen().line(new String(bytes, StandardCharsets.UTF_8));
            Arrays.fill(bytes, (byte) 0);
        }
        call.screen()
                .line("Keep it now: it is not shown again. The former is good until "
                        + Moments.show(clock.instant().plus(overlap), zone) + ".");
        return ShellCommand.OK;
    }

    private int revoke(Call call) throws CommandFailure, Refusal {
        String name = call.arguments().get(NAME);
        services.need(Tokens.class, ACCESS).revoke(name);
        call.screen().line("The token " + Printable.of(name) + " is no longer valid.");
        return ShellCommand.OK;
    }
}
