package org.hearthwatch.collector.external.osgi;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.hearthwatch.collector.external.Fence;
import org.hearthwatch.collector.external.Isolation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries what this machine has: that a program is installed does not mean that it may do what it is for. Thread-safe. */
final class FenceProbe {

    private static final Logger LOG = LoggerFactory.getLogger(FenceProbe.class);
    private static final long SECONDS = 5;
    private static final Path SYSTEMD = Path.of("/run/systemd/system");

    private final Path home;
    private Optional<Fence> found = Optional.empty();

    FenceProbe(Path home) {
        this.home = home;
    }

    /** What there is; tried once, the first time somebody asks. */
    synchronized Fence fence() {
        if (found.isEmpty()) {
            try {
                found = Optional.of(look());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Fence(EnumSet.of(Isolation.LIMITS), Set.of(), false, home);
            }
        }
        return found.get();
    }

    private Fence look() throws InterruptedException {
        Set<String> tools = new TreeSet<>();
        for (String tool : List.of("setsid", "prlimit", "setpriv")) {
            if (works(List.of(tool, "--version"))) {
                tools.add(tool);
            }
        }
        boolean root = "root".equals(System.getProperty("user.name"));
        Set<Isolation> means = EnumSet.of(Isolation.LIMITS);
        if (works(List.of(
                "bwrap", "--unshare-pid", "--unshare-net", "--die-with-parent", "--ro-bind", "/", "/", "--dev", "/dev",
                "--proc", "/proc", "--perms", "1777", "--tmpfs", "/tmp", "--", "true"))) {
            means.add(Isolation.BUBBLEWRAP);
        }
        // For others than root systemd would ask for a password.
        if (root
                && Files.isDirectory(SYSTEMD)
                && works(List.of(
                        "systemd-run", "--quiet", "--wait", "--pipe", "--collect", "--property=DynamicUser=yes",
                        "--property=PrivateNetwork=yes", "--", "true"))) {
            means.add(Isolation.SYSTEMD);
        }
        return new Fence(means, tools, root, home);
    }

    private static boolean works(List<String> words) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectInput(new File("/dev/null"))
                    .start();
            try {
                return process.waitFor(SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            LOG.debug("{} is not here: {}", words.get(0), e.toString());
            return false;
        }
    }
}
