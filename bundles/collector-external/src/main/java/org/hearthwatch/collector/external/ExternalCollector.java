package org.hearthwatch.collector.external;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.hearthwatch.api.collect.Collector;
import org.hearthwatch.api.collect.SampleSink;
import org.hearthwatch.api.secret.Secret;
import org.hearthwatch.api.secret.SecretRef;
import org.hearthwatch.api.secret.SecretUnavailableException;
import org.hearthwatch.api.secret.Secrets;
import org.hearthwatch.api.text.TextFamily;
import org.hearthwatch.api.text.TextParser;

/**
 * Runs a program and reports what it prints. A run counts as a whole or not at all: it fails if the program ends with another
 * code than 0, is killed, or prints something that is no Prometheus text.
 */
public final class ExternalCollector implements Collector {

    private static final int LONGEST_ERROR = 200;

    private final Program program;
    private final Fence fence;
    private final Child child;
    private final Supplier<Optional<Secrets>> secrets;
    private final InstantSource clock;
    private final RunRecord record;

    ExternalCollector(
            Program program,
            Fence fence,
            Child child,
            Supplier<Optional<Secrets>> secrets,
            InstantSource clock,
            RunRecord record) {
        this.program = program;
        this.fence = fence;
        this.child = child;
        this.secrets = secrets;
        this.clock = clock;
        this.record = record;
    }

    @Override
    public void collect(SampleSink sink) throws IOException, InterruptedException {
        Instant begin = clock.instant();
        double exitCode = Double.NaN;
        int bytes = 0;
        String reason = "start";
        Set<String> handedOver = new HashSet<>();
        try {
            Child.Ended ended = run(handedOver);
            exitCode = ended.exitCode();
            bytes = ended.out().length;
            reason = "exit";
            if (ended.exitCode() != 0) {
                throw new IOException("it ended with code " + ended.exitCode() + said(hide(ended.err(), handedOver)));
            }
            reason = "text";
            report(ended.out(), sink, handedOver);
            record.ended(exitCode, since(begin), bytes);
            reason = "";
        } catch (Child.Killed e) {
            reason = e.reason();
            throw e;
        } catch (InterruptedException e) {
            reason = "timeout";
            throw e;
        } finally {
            if (!reason.isEmpty()) {
                record.failed(reason, exitCode, since(begin), bytes);
            }
        }
    }

    private Child.Ended run(Set<String> handedOver) throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(program.environment());
        environment.putIfAbsent("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        environment.putIfAbsent("LANG", "C.UTF-8");
        environment.putIfAbsent("HOME", "/");
        byte[] input = new byte[0];
        try {
            if (program.secretsByInput()) {
                input = lines(handedOver);
            } else {
                for (Map.Entry<String, SecretRef> each : program.secrets().entrySet()) {
                    byte[] value = reveal(each.getKey(), each.getValue(), handedOver);
                    environment.put(each.getKey(), new String(value, StandardCharsets.UTF_8));
                    Arrays.fill(value, (byte) 0);
                }
            }
            return child.run(fence.words(program), environment, input, program.timeout(), program.maxOutput());
        } finally {
            Arrays.fill(input, (byte) 0);
        }
    }

    private byte[] lines(Set<String> handedOver) throws IOException {
        var lines = new ByteArrayOutputStream();
        for (Map.Entry<String, SecretRef> each : new TreeMap<>(program.secrets()).entrySet()) {
            byte[] value = reveal(each.getKey(), each.getValue(), handedOver);
            lines.writeBytes((each.getKey() + "=").getBytes(StandardCharsets.UTF_8));
            lines.writeBytes(value);
            lines.write('\n');
            Arrays.fill(value, (byte) 0);
        }
        return lines.toByteArray();
    }

    private byte[] reveal(String name, SecretRef reference, Set<String> handedOver) throws IOException {
        Secrets source = secrets.get()
                .orElseThrow(
                        () -> new IOException("its secret " + name + " cannot be had: the bundle secret does not run"));
        try (Secret secret = source.open(reference)) {
            byte[] value = secret.reveal();
            for (byte each : value) {
                if (each == 0 || each == '\n') {
                    throw new IOException("its secret " + name + " has more than one line and cannot be handed over");
                }
            }
            handedOver.add(new String(value, StandardCharsets.UTF_8));
            return value;
        } catch (SecretUnavailableException e) {
            throw new IOException("its secret " + name + " cannot be had: " + e.getMessage(), e);
        }
    }

    private void report(byte[] out, SampleSink sink, Set<String> handedOver) throws IOException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(out))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("what it printed is not UTF-8", e);
        }
        var labelled = new LabelledSink(sink, program.labels());
        try {
            for (TextFamily family : TextParser.parse(text, program.maxSamples())) {
                String help = family.help()
                        .filter(words -> !words.isBlank())
                        .orElse("Reported by the program " + program.name());
                family.report(help, labelled);
            }
        } catch (IllegalArgumentException e) {
            throw quoting("what it printed cannot be taken", text, e, handedOver);
        } catch (IOException e) {
            throw quoting("what it printed is no Prometheus text", text, e, handedOver);
        }
    }

    /** What is wrong with a text, which a part of a secret may be quoted in. */
    private static IOException quoting(String what, String text, Exception cause, Set<String> handedOver) {
        return hide(text, handedOver).equals(text)
                ? new IOException(what + ": " + cause.getMessage(), cause)
                : new IOException(what + "; why is not shown, for it printed a secret that it was given");
    }

    /** Programs that fail print what they were given more often than one thinks. */
    private static String hide(String text, Set<String> handedOver) {
        String hidden = text;
        for (String secret : handedOver) {
            hidden = secret.isEmpty() ? hidden : hidden.replace(secret, "***");
        }
        return hidden;
    }

    /** What it said on its standard error, in one line that can be shown. */
    private static String said(String err) {
        String line = err.strip().lines().reduce((first, second) -> second).orElse("");
        String plain = line.replaceAll("[^\\x20-\\x7e\\xa1-\\uffff]", "?");
        return plain.isEmpty() ? "" : ": " + plain.substring(0, Math.min(LONGEST_ERROR, plain.length()));
    }

    private double since(Instant begin) {
        return Duration.between(begin, clock.instant()).toNanos() / 1e9;
    }
}
