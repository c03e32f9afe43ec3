package org.hearthwatch.prometheus.osgi;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.hearthwatch.api.config.InvalidSettingException;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.api.secret.Secrets;
import org.hearthwatch.api.store.SampleTail;
import org.hearthwatch.prometheus.out.SendFigures;
import org.hearthwatch.prometheus.out.SendSettings;
import org.hearthwatch.prometheus.out.Sending;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends samples on to one endpoint: one of these for each {@code etc/org.hearthwatch.prometheus.remotewrite-NAME.cfg}. What
 * waits for an endpoint is kept while its file is there, and forgotten with it.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = SendSettingsReader.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SendConfig.class, factory = true)
public final class SendComponent {

    private static final Logger LOG = LoggerFactory.getLogger(SendComponent.class);
    private static final AtomicInteger THREADS = new AtomicInteger();
    private static final Duration OPEN_AGAIN = Duration.ofSeconds(5);
    private static final long STOP_SECONDS = 5;

    /** Declarative Services 1.5, table 112.5: why a component is deactivated. */
    private static final int CONFIGURATION_DELETED = 4;

    private final SampleTail tail;
    private final SendStatuses statuses;
    private final Egress egress;
    private final String pid;
    private final String name;
    private final String agent;
    private final SendFigures figures = new SendFigures();
    private final AtomicReference<Optional<Secrets>> vault = new AtomicReference<>(Optional.empty());
    private Optional<Running> running = Optional.empty();

    /** What stops together. */
    private record Running(ExecutorService threads, HttpEndpoint endpoint) {}

    @Activate
    public SendComponent(
            BundleContext context,
            @Reference SampleTail tail,
            @Reference SendStatuses statuses,
            @Reference Egress egress,
            SendConfig config,
            Map<String, Object> properties) {
        this.tail = tail;
        this.statuses = statuses;
        this.egress = egress;
        this.pid = String.valueOf(properties.get(Constants.SERVICE_PID));
        this.name = pid.substring(pid.indexOf('~') + 1);
        this.agent = "hearthwatch/" + context.getBundle().getVersion();
        start(config);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void addSecrets(Secrets secrets) {
        vault.set(Optional.of(secrets));
    }

    void removeSecrets(Secrets secrets) {
        vault.updateAndGet(current -> current.filter(other -> !other.equals(secrets)));
    }

    /** Goes on with other settings; where they are wrong, with those before. */
    @Modified
    public void modified(SendConfig config) {
        start(config);
    }

    /** Stops; what waits is kept unless the endpoint's file was removed. */
    @Deactivate
    public void deactivate(int reason) {
        stop();
        if (reason == CONFIGURATION_DELETED) {
            try {
                tail.forget(cursor());
            } catch (IOException e) {
                LOG.error("What waits for {} could not be forgotten: {}", name, e.getMessage());
            }
        }
    }

    private synchronized void start(SendConfig config) {
        var reader = new SendSettingsReader(pid);
        try {
            SendSettings settings = reader.sending(config);
            EndpointSettings reached = reader.endpoint(config);
            if (!name.matches("[A-Za-z0-9.-]{1,50}")) {
                throw new InvalidSettingException(
                        pid, "the file's name", name, "letters, digits, dots and dashes, up to 50");
            }
            // One for the loop, one for each request that is on its way.
            ExecutorService threads = Executors.newFixedThreadPool(settings.shards() + 1, task -> {
                var thread = new Thread(task, "hearthwatch-prometheus-" + THREADS.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });
            var endpoint =
                    new HttpEndpoint(reached, new SecretReader(vault::get, System.getenv()), egress, agent, threads);
            stop();
            running = Optional.of(new Running(threads, endpoint));
            threads.execute(() -> loop(settings, endpoint));
        } catch (InvalidSettingException | IOException e) {
            LOG.error(
                    "{}. {}",
                    e.getMessage(),
                    running.isPresent()
                            ? "The settings before stay in force."
                            : "Nothing is sent to " + name + " until it is corrected.");
        }
    }

    private synchronized void stop() {
        running.ifPresent(current -> {
            current.threads().shutdownNow();
            current.endpoint().close();
            try {
                if (!current.threads().awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                    LOG.warn("A request to {} is still under way after {} s", name, STOP_SECONDS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        running = Optional.empty();
    }

    private String cursor() {
        return "remotewrite." + name.toLowerCase(Locale.ROOT);
    }

    private void loop(SendSettings settings, HttpEndpoint endpoint) {
        try {
            while (true) {
                try (SampleTail.Cursor cursor = tail.open(cursor())) {
                    statuses.add(name, figures, cursor::lag);
                    new Sending(
                                    name,
                                    cursor,
                                    endpoint,
                                    settings,
                                    figures,
                                    Clock.systemUTC(),
                                    new SplittableRandom(),
                                    pause -> TimeUnit.MILLISECONDS.sleep(pause.toMillis()))
                            .run();
                } catch (IOException | IllegalStateException e) {
                    LOG.error("Remote write to {} cannot follow the store's log: {}", name, e.getMessage());
                    TimeUnit.MILLISECONDS.sleep(OPEN_AGAIN.toMillis());
                } catch (RuntimeException e) {
                    LOG.error("Remote write to {} failed for a reason nobody foresaw and begins anew", name, e);
                    TimeUnit.MILLISECONDS.sleep(OPEN_AGAIN.toMillis());
                } finally {
                    statuses.remove(name);
                }
            }
        } catch (InterruptedException e) {
            // That is how it is stopped; the pool ends its threads.
            Thread.currentThread().interrupt();
        }
    }
}
