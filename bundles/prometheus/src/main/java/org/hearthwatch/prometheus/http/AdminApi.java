package org.hearthwatch.prometheus.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.hearthwatch.api.store.Matcher;
import org.hearthwatch.api.store.StoreAdmin;
import org.hearthwatch.api.store.StoreUnavailableException;
import org.hearthwatch.api.web.Exchange;

/** {@code /admin/tsdb/...}: copying and deleting what is stored. */
final class AdminApi {

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssX", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Supplier<Optional<StoreAdmin>> store;
    private final Supplier<ApiSettings> settings;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    AdminApi(Supplier<Optional<StoreAdmin>> store, Supplier<ApiSettings> settings, InstantSource clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    /** Copies everything; without what is in memory, as {@code skip_head} asks for, there is no copy here. */
    void snapshot(Exchange exchange) throws IOException, ApiProblem {
        StoreAdmin admin = admin();
        Optional<String> skipHead = new Parameters(exchange).text("skip_head");
        if (skipHead.isPresent()) {
            try {
                GoText.bool(skipHead.get());
            } catch (IllegalArgumentException e) {
                throw ApiProblem.invalid("skip_head", "unable to parse boolean: " + e.getMessage());
            }
        }
        Path directory = settings.get().snapshots();
        byte[] unique = new byte[8];
        random.nextBytes(unique);
        Instant now = clock.instant();
        String name = NAME.format(now) + "-" + HexFormat.of().formatHex(unique);
        try {
            Files.createDirectories(directory);
            admin.snapshot(directory.resolve(name));
        } catch (IOException e) {
            throw ApiProblem.internal("create snapshot: " + e.getMessage());
        }
        Answer.success(exchange, json -> json.object().key("name").string(name).endObject());
    }

    void deleteSeries(Exchange exchange) throws IOException, ApiProblem {
        StoreAdmin admin = admin();
        List<String> texts = exchange.parameters(SeriesApi.MATCH);
        if (texts.isEmpty()) {
            throw ApiProblem.badData("no match[] parameter provided");
        }
        var parameters = new Parameters(exchange);
        long from = SeriesApi.from(parameters);
        long to = SeriesApi.to(parameters);
        List<List<Matcher>> selectors = Selectors.parse(texts, message -> ApiProblem.invalid(SeriesApi.MATCH, message));
        for (List<Matcher> selector : selectors) {
            if (selector.isEmpty()) {
                throw ApiProblem.invalid(SeriesApi.MATCH, "a selector of everything deletes nothing here");
            }
        }
        if (from <= to) {
            for (List<Matcher> selector : selectors) {
                try {
                    admin.delete(selector, from, to);
                } catch (StoreUnavailableException e) {
                    throw ApiProblem.of(e);
                }
            }
        }
        exchange.respond(204);
    }

    void cleanTombstones(Exchange exchange) throws IOException, ApiProblem {
        try {
            admin().compactDeleted(progress -> {});
        } catch (IOException e) {
            throw ApiProblem.internal(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiProblem.unavailable("The appliance is stopping; what was deleted stays deleted.");
        }
        exchange.respond(204);
    }

    private StoreAdmin admin() throws ApiProblem {
        if (!settings.get().adminApi()) {
            throw ApiProblem.disabled("admin APIs disabled");
        }
        return store.get().orElseThrow(() -> ApiProblem.unavailable("TSDB not ready"));
    }
}
