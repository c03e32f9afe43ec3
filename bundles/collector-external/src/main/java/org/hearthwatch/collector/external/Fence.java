package org.hearthwatch.collector.external;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Writes the command line that runs a program apart from the appliance with what this machine has. What goes to the program
 * stays out of these words, as everybody on the machine can read them.
 *
 * @param means what was tried and found to work here
 * @param tools the programs of util-linux that are there
 * @param root whether the appliance runs as root
 * @param home the appliance's home, which programs do not see
 */
public record Fence(Set<Isolation> means, Set<String> tools, boolean root, Path home) {

    private static final String NOBODY = "nobody";
    private static final int MOST_FILES = 256;
    private static final int MOST_TASKS = 64;

    public Fence {
        means = Set.copyOf(means);
        tools = Set.copyOf(tools);
    }

    /**
     * What a program is kept apart by.
     *
     * @throws IOException if it wants something that is not there
     */
    Isolation isolation(Program program) throws IOException {
        if (program.isolation().isPresent()) {
            Isolation wanted = program.isolation().get();
            if (!means.contains(wanted)) {
                throw new IOException("isolation = " + wanted.name().toLowerCase(Locale.ROOT)
                        + " does not work on this machine, so it is not run");
            }
            return wanted;
        }
        boolean exposed = !program.secretsByInput() && !program.secrets().isEmpty();
        // Whoever may speak with systemd sees the environment of its units.
        if (means.contains(Isolation.SYSTEMD) && !exposed) {
            return Isolation.SYSTEMD;
        }
        return means.contains(Isolation.BUBBLEWRAP) ? Isolation.BUBBLEWRAP : Isolation.LIMITS;
    }

    /** In words, what a program is not kept from; empty if it is kept from all it was not given. */
    public Optional<String> gaps(Program program) {
        try {
            if (isolation(program).isBoundary()) {
                return Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        List<String> gaps = new ArrayList<>();
        if (!program.network()) {
            gaps.add("it can use the network");
        }
        gaps.add("it sees the whole file system");
        if (user(program).isEmpty()) {
            gaps.add("it runs as the appliance's own user");
        }
        if (!tools.contains("prlimit")) {
            gaps.add("its memory is limited by the shell alone");
        }
        return Optional.of("neither systemd-run nor bubblewrap works here: " + String.join(", ", gaps));
    }

    private Optional<String> user(Program program) {
        return !root || !tools.contains("setpriv") ? Optional.empty() : Optional.of(program.user().orElse(NOBODY));
    }

    /** The words to run. */
    List<String> words(Program program) throws IOException {
        if (program.user().isPresent() && !root) {
            throw new IOException("user = " + program.user().get() + " needs an appliance that runs as root");
        }
        return switch (isolation(program)) {
            case SYSTEMD -> systemd(program);
            case BUBBLEWRAP -> bubblewrap(program);
            case LIMITS -> {
                List<String> words = limits(program);
                words.addAll(asUser(program));
                words.addAll(program.command());
                yield words;
            }
        };
    }

    private List<String> systemd(Program program) throws IOException {
        if (!program.secretsByInput() && !program.secrets().isEmpty()) {
            throw new IOException("secretsBy = environment does not go with isolation = systemd, where others can read the"
                    + " environment; set secretsBy = input");
        }
        List<String> words = new ArrayList<>(
                List.of("systemd-run", "--quiet", "--wait", "--pipe", "--collect", "--service-type=exec"));
        if (program.user().isPresent()) {
            property(words, "User=" + program.user().get());
        } else {
            property(words, "DynamicUser=yes");
        }
        property(words, "NoNewPrivileges=yes");
        property(words, "CapabilityBoundingSet=");
        property(words, "ProtectSystem=strict");
        property(words, "ProtectHome=read-only");
        property(words, "PrivateTmp=yes");
        property(words, "PrivateDevices=yes");
        property(words, "InaccessiblePaths=" + home);
        property(words, "PrivateNetwork=" + (program.network() ? "no" : "yes"));
        property(words, "MemoryMax=" + program.memoryBytes());
        property(words, "MemorySwapMax=0");
        property(words, "TasksMax=" + MOST_TASKS);
        property(words, "LimitCORE=0");
        property(words, "KillMode=control-group");
        property(words, "TimeoutStopSec=1");
        property(words, "RuntimeMaxSec=" + Math.max(1, program.timeout().toSeconds()));
        // Named without its value, which it takes from its own environment.
        program.environment().keySet().stream().sorted().forEach(name -> words.add("--setenv=" + name));
        words.add("--");
        words.addAll(program.command());
        return words;
    }

    private static void property(List<String> words, String assignment) {
        words.add("--property=" + assignment);
    }

    private List<String> bubblewrap(Program program) {
        List<String> words = limits(program);
        words.add("bwrap");
        if (root) {
            // As root without a user namespace, so that the program can become another user of this machine.
            words.addAll(List.of("--unshare-ipc", "--unshare-pid", "--unshare-uts", "--unshare-cgroup-try"));
            if (!program.network()) {
                words.add("--unshare-net");
            }
        } else {
            words.add("--unshare-all");
            if (program.network()) {
                words.add("--share-net");
            }
            words.addAll(List.of("--cap-drop", "ALL"));
        }
        words.addAll(List.of("--die-with-parent", "--new-session", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"));
        Path executable = Path.of(program.command().get(0));
        hide(words, "1777", Path.of("/tmp"), executable);
        hide(words, "0755", home, executable);
        words.addAll(List.of("--chdir", "/", "--"));
        words.addAll(asUser(program));
        words.addAll(program.command());
        return words;
    }

    /** Puts an empty folder in place of one; a program that stands in it is the only thing of it that is seen. */
    private static void hide(List<String> words, String mode, Path folder, Path executable) {
        words.addAll(List.of("--perms", mode, "--tmpfs", folder.toString()));
        if (executable.startsWith(folder)) {
            for (int depth = folder.getNameCount() + 1; depth < executable.getNameCount(); depth++) {
                words.addAll(List.of("--perms", "0755", "--dir", "/" + executable.subpath(0, depth)));
            }
            words.addAll(List.of("--ro-bind", executable.toString(), executable.toString()));
        }
    }

    private List<String> limits(Program program) {
        List<String> words = new ArrayList<>();
        if (tools.contains("setsid")) {
            // A group of its own, to be killed as one.
            words.add("setsid");
        }
        if (tools.contains("prlimit")) {
            words.addAll(List.of(
                    "prlimit",
                    "--as=" + program.memoryBytes(),
                    "--core=0",
                    "--nofile=" + MOST_FILES,
                    "--cpu=" + (program.timeout().toSeconds() + 5),
                    "--"));
        } else {
            words.addAll(List.of(
                    "sh",
                    "-c",
                    "ulimit -v " + program.memoryBytes() / 1024 + " && ulimit -c 0 && ulimit -n " + MOST_FILES
                            + " && exec \"$@\"",
                    "sh"));
        }
        return words;
    }

    private List<String> asUser(Program program) {
        if (!tools.contains("setpriv")) {
            return List.of();
        }
        return user(program)
                .map(user -> List.of(
                        "setpriv",
                        "--reuid=" + user,
                        "--regid=" + (user.equals(NOBODY) ? "nogroup" : user),
                        "--clear-groups",
                        "--inh-caps=-all",
                        "--bounding-set=-all",
                        "--no-new-privs",
                        "--"))
                .orElse(List.of("setpriv", "--no-new-privs", "--"));
    }
}
