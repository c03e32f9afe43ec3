package org.hearthwatch.store.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.metric.Labels;
import org.hearthwatch.api.store.SampleBatch;
import org.hearthwatch.api.store.SampleTail;
import org.hearthwatch.api.store.SampleWriter;
import org.hearthwatch.api.store.SeriesReader;
import org.hearthwatch.api.store.StoreAdmin;
import org.hearthwatch.testkit.Configs;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

class StoreComponentTest {

    private static final Labels UP = Labels.of("__name__", "up");

    @TempDir
    Path data;

    /** Services by their class name, as a framework would hold them. */
    private final Map<String, Object> services = new ConcurrentHashMap<>();

    @Test
    void offers_its_services_once_it_is_open_and_withdraws_them() throws Exception {
        StoreComponent component = component();
        await(() -> services.size() == 5);

        assertThat(services)
                .containsOnlyKeys(
                        SampleWriter.class.getName(),
                        SeriesReader.class.getName(),
                        SampleTail.class.getName(),
                        StoreAdmin.class.getName(),
                        Collector.class.getName());
        component.close();
        assertThat(services).isEmpty();
    }

    @Test
    void commits_by_itself_and_keeps_its_data_below_karaf_data() throws Exception {
        StoreComponent component = component();
        await(() -> services.size() == 5);

        service(SampleWriter.class)
                .append(batch())
                .durable()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);

        assertThat(data.resolve("hearthwatch/store/wal")).isNotEmptyDirectory();
        assertThat(component.status().samples()).isEqualTo(1);
        component.close();
    }

    @Test
    void leaves_no_thread_and_no_lock_behind() throws Exception {
        for (int i = 0; i < 3; i++) {
            StoreComponent component = component();
            await(() -> services.size() == 5);
            service(SampleWriter.class).append(batch());
            component.close();
        }

        // A thread whose work has ended lives a moment longer.
        await(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("hearthwatch-store")));
        StoreComponent component = component();
        await(() -> services.size() == 5);
        assertThat(component.status().samples()).isEqualTo(1);
        component.close();
    }

    @Test
    void says_why_when_the_directory_cannot_be_used() throws Exception {
        Files.writeString(data.resolve("hearthwatch"), "a file where a directory should be");

        StoreComponent component = component();

        await(() -> component.status().readOnly().orElse("").contains("cannot be used"));
        assertThat(component.status().readOnly().orElseThrow())
                .contains(data.resolve("hearthwatch").toString())
                .contains("there is a file where a directory should be; move it away");
        assertThat(services).isEmpty();
        component.close();
    }

    @Test
    void opens_by_itself_when_the_other_process_lets_the_directory_go() throws Exception {
        StoreComponent first = component();
        await(() -> services.size() == 5);
        StoreComponent second = component();
        await(() -> second.status().readOnly().orElse("").contains("in use"));

        first.close();

        await(() -> services.size() == 5);
        assertThat(second.status().readOnly()).isEmpty();
        second.close();
    }

    @Test
    void takes_settings_over_while_running_and_keeps_the_last_good_ones() throws Exception {
        StoreComponent component = component();
        await(() -> services.size() == 5);

        component.modified(Configs.of(StoreConfig.class, Map.of("maxSeries", "1")));
        component.modified(Configs.of(StoreConfig.class, Map.of("maxSeries", "none")));

        SampleWriter writer = service(SampleWriter.class);
        writer.append(batch());
        long now = System.currentTimeMillis();
        assertThat(writer.append(SampleBatch.from("test")
                                .add(Labels.of("__name__", "down"), now, 1)
                                .build())
                        .refused())
                .isEqualTo(1);
        component.close();
    }

    private StoreComponent component() {
        return new StoreComponent(
                context(), Configs.of(StoreConfig.class, Map.of("reserve", "0", "commitInterval", "0")));
    }

    private static SampleBatch batch() {
        return SampleBatch.from("test")
                .add(UP, Duration.ofDays(20_000).toMillis(), 1)
                .build();
    }

    private <S> S service(Class<S> type) {
        return type.cast(Objects.requireNonNull(services.get(type.getName())));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private BundleContext context() {
        return proxy(BundleContext.class, (method, arguments) -> switch (method) {
            case "getProperty" -> arguments[0].equals("karaf.data") ? data.toString() : null;
            case "registerService" -> register((Class<?>) arguments[0], arguments[1]);
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private ServiceRegistration<?> register(Class<?> type, Object service) {
        services.put(type.getName(), type.cast(service));
        return proxy(ServiceRegistration.class, (method, arguments) -> {
            if (!method.equals("unregister")) {
                throw new UnsupportedOperationException(method);
            }
            services.remove(type.getName(), service);
            return null;
        });
    }

    /** What a call of a framework interface does. */
    @FunctionalInterface
    private interface Call {
        @Nullable
        Object on(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> switch (method.getName()) {
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    case "toString" -> type.getSimpleName();
                    default -> call.on(method.getName(), arguments);
                }));
    }
}
