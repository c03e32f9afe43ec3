package org.hearthwatch.tools;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hearthwatch.plugin.trust.KeyText;
import org.hearthwatch.plugin.trust.KeyText.Role;
import org.hearthwatch.plugin.trust.SigningKey;
import org.hearthwatch.tools.Options.Option;

/** {@code plugin-key}: a key to sign plugins with, and its public half for those who trust it. */
final class PluginKey {

    private static final List<Option> OPTIONS = List.of(
            Option.value("out", "Folder for NAME.key and NAME.pub (default: this one)"),
            Option.value("expires", "Last day on which the key lets anything in, such as 2028-12-31 (default: none)"),
            Option.value("role", "What the key may sign: plugin, core or update (default plugin)"),
            Option.value("passphrase-file", "Encrypt the key with the first line of this file; - for the standard input"),
            Option.on("help", "This"));

    private PluginKey() {}

    static int run(List<String> arguments, Output output) throws IOException {
        Options options = Options.of(arguments, OPTIONS);
        if (options.has("help")) {
            output.out()
                    .print(Options.help(
                            "hearthwatch plugin-key [<flags>] NAME",
                            "Makes a key of Ed25519 and ML-DSA-65: NAME.key, the secret, and NAME.pub for etc/trust.",
                            OPTIONS));
            return Output.DONE;
        }
        if (options.words().size() != 1) {
            throw new UsageException("plugin-key takes one NAME, such as ann@example.org");
        }
        String name = options.words().get(0);
        SigningKey key;
        try {
            key = SigningKey.make(name, new SecureRandom());
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        var text = new KeyText(key.verifier(), Set.of(role(options)), expires(options));
        Path folder = Path.of(options.get("out").orElse("."));
        String file = name.replaceAll("[^A-Za-z0-9._-]", "_");
        Path secret = folder.resolve(file + ".key");
        Path open = folder.resolve(file + ".pub");
        if (Files.exists(open)) {
            throw new FileAlreadyExistsException(open + " is there already");
        }
        KeyFile.write(secret, key, options.get("passphrase-file"));
        Files.writeString(open, text.text(), StandardOpenOption.CREATE_NEW);
        output.out().println("Secret key    " + secret + " (keep it to yourself, and a copy of it in a safe place)");
        output.out().println("Public key    " + open + " (for etc/trust of those who trust you)");
        output.out().println("Fingerprint   " + key.verifier().fingerprint());
        return Output.DONE;
    }

    private static Role role(Options options) {
        String word = options.get("role").orElse(Role.PLUGIN.word());
        return Set.of(Role.values()).stream()
                .filter(role -> role.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new UsageException("--role takes plugin, core or update"));
    }

    private static Optional<Instant> expires(Options options) {
        try {
            return options.get("expires")
                    .map(day -> LocalDate.parse(day).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            throw new UsageException("--expires takes a day such as 2028-12-31");
        }
    }
}
