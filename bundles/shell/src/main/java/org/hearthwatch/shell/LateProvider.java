package org.hearthwatch.shell;

import java.security.Provider;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A security provider that is made whole when something is first asked of it. Bouncy Castle's computes the points of some
 * eighty curves first, which the SSH server would wait for although it needs it for ed25519 keys only. Thread-safe.
 */
public final class LateProvider extends Provider {

    private static final long serialVersionUID = 1;

    private final transient Supplier<Provider> whole;

    private transient @Nullable Provider made;

    /**
     * A provider.
     *
     * @param name the name of the whole one
     * @param whole makes it; asked at most once
     */
    public LateProvider(String name, Supplier<Provider> whole) {
        super(name, "1", name + ", when it is needed");
        this.whole = whole;
    }

    @Override
    public @Nullable Service getService(String type, String algorithm) {
        return whole().getService(type, algorithm);
    }

    @Override
    public Set<Service> getServices() {
        return whole().getServices();
    }

    private synchronized Provider whole() {
        Provider known = made;
        if (known == null) {
            known = whole.get();
            made = known;
        }
        return known;
    }
}
