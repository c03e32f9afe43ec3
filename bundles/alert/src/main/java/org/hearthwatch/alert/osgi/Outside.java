package org.hearthwatch.alert.osgi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.hearthwatch.alert.dispatch.Timers;
import org.hearthwatch.alert.journal.Json;
import org.hearthwatch.alert.notify.Switchboard;
import org.hearthwatch.api.alert.RaisedAlert;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.net.Egress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What leaves the appliance beside messages: our rules' alerts to other Alertmanagers, and the heartbeat. What fails is tried
 * again with the next alerts, which come every minute, and is itself an alert through every other path. Thread-safe.
 */
final class Outside {

    private static final Logger LOG = LoggerFactory.getLogger(Outside.class);

    private static final int MOST_WAITING = 10_000;
    private static final int MOST_IN_ONE = 500;
    private static final int MOST_TASKS = 100;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int REDIRECT = 300;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final long LONGEST_ANSWER = 64 << 10;

    private final ThreadPoolExecutor thread;
    private final Deque<RaisedAlert> waiting = new ArrayDeque<>();
    private final Map<String, Long> counts = new HashMap<>();
    private volatile @Nullable Egress egress;
    private volatile @Nullable Switchboard switchboard;

    Outside() {
        thread = new ThreadPoolExecutor(
                1,
                1,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_TASKS),
                AlertThreads.factory(),
                new ThreadPoolExecutor.DiscardPolicy());
        thread.allowCoreThreadTimeOut(true);
    }

    void use(Egress gate) {
        egress = gate;
    }

    void stopUsing(Egress gate) {
        if (egress == gate) {
            egress = null;
        }
    }

    /** From now on the heart beats, if it is configured to, and as long as all is well. */
    void begin(Switchboard opened, Timers timers, Supplier<RoutingSettings> settings, BooleanSupplier isAlive) {
        switchboard = opened;
        beatAgain(timers, settings, isAlive);
    }

    private void beatAgain(Timers timers, Supplier<RoutingSettings> settings, BooleanSupplier isAlive) {
        RoutingSettings now = settings.get();
        if (isAlive.getAsBoolean()) {
            now.heartbeat().ifPresent(url -> thread.execute(() -> beat(url)));
        }
        Timers.Timer unused = timers.after(now.heartbeatInterval(), () -> beatAgain(timers, settings, isAlive));
    }

    private void beat(URI url) {
        report(
                "HearthwatchHeartbeatFailing",
                url,
                send(HttpRequest.newBuilder(url).GET(), url));
    }

    /** Hands alerts on, if there is anybody to hand them to. */
    void forward(List<RaisedAlert> alerts, RoutingSettings settings) {
        if (settings.forwardTo().isEmpty()) {
            return;
        }
        synchronized (waiting) {
            for (RaisedAlert alert : alerts) {
                if (waiting.size() >= MOST_WAITING) {
                    waiting.removeFirst();
                    count("dropped");
                }
                waiting.addLast(alert);
            }
        }
        thread.execute(() -> forwardAll(settings.forwardTo()));
    }

    private void forwardAll(List<URI> targets) {
        while (true) {
            List<RaisedAlert> batch = new ArrayList<>();
            synchronized (waiting) {
                while (batch.size() < MOST_IN_ONE && !waiting.isEmpty()) {
                    batch.add(waiting.removeFirst());
                }
            }
            if (batch.isEmpty()) {
                return;
            }
            String body = Json.text(json(batch));
            for (URI target : targets) {
                URI url = URI.create(target.toString().replaceAll("/+$", "") + "/api/v2/alerts");
                HttpRequest.Builder request = HttpRequest.newBuilder(url)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
                Optional<String> failure = send(request, url);
                count(failure.isPresent() ? "failed" : "forwarded");
                report("HearthwatchForwardingFailing", target, failure);
            }
        }
    }

    private static ArrayNode json(List<RaisedAlert> alerts) {
        ArrayNode array = Json.array();
        for (RaisedAlert alert : alerts) {
            ObjectNode node = array.addObject();
            node.set("labels", Json.labels(alert.labels()));
            node.set("annotations", Json.texts(alert.annotations()));
            node.put("startsAt", alert.startsAt().toString());
            node.put("endsAt", alert.endsAt().toString());
            node.put("generatorURL", alert.generatorUrl());
        }
        return array;
    }

    /** Sends a request; what went wrong, if anything did. Redirects are not followed, and answers are not read to the end. */
    private Optional<String> send(HttpRequest.Builder request, URI url) {
        Egress gate = egress;
        if (gate == null) {
            return Optional.of("the gate for outgoing connections is not running");
        }
        boolean secure = url.getScheme().equals("https");
        int port = url.getPort() >= 0 ? url.getPort() : secure ? HTTPS_PORT : HTTP_PORT;
        try {
            gate.permit("notify", url.getHost(), port);
            HttpClient.Builder client = HttpClient.newBuilder()
                    .connectTimeout(TIMEOUT)
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER);
            if (secure) {
                client.sslContext(gate.tls(url.getHost(), port));
            }
            HttpResponse<InputStream> response =
                    client.build().send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                long unused = body.skip(LONGEST_ANSWER);
            }
            int status = response.statusCode();
            return status >= OK && status < REDIRECT ? Optional.empty() : Optional.of("it answered " + status);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private void report(String alert, URI target, Optional<String> failure) {
        Switchboard current = switchboard;
        if (current == null) {
            return;
        }
        Labels labels = Labels.of("alertname", alert, "target", target.getHost(), "severity", "warning");
        if (failure.isPresent()) {
            LOG.warn("{} was not reached: {}", target.getHost(), failure.get());
            current.wrong(labels, target.getHost() + " was not reached: " + failure.get());
        } else {
            current.well(labels);
        }
    }

    private void count(String what) {
        synchronized (counts) {
            counts.merge(what, 1L, Long::sum);
        }
    }

    /** How often what happened: batches {@code forwarded} or {@code failed}, alerts {@code dropped}. */
    Map<String, Long> counts() {
        synchronized (counts) {
            return Map.copyOf(counts);
        }
    }

    void close() {
        thread.shutdownNow();
    }
}
