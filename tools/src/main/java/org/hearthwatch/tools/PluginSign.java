package org.hearthwatch.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.hearthwatch.api.security.SignedNote;
import org.hearthwatch.plugin.jar.Digests;
import org.hearthwatch.plugin.trust.FileClaim;
import org.hearthwatch.plugin.trust.SigningKey;
import org.hearthwatch.tools.Options.Option;

/** {@code plugin-sign}: writes the signature of a whole file beside it. */
final class PluginSign {

    private static final List<Option> OPTIONS = List.of(
            Option.value("key", "The secret key, as plugin-key makes it"),
            Option.value("passphrase-file", "What the key is encrypted with: the first line of this file; - for the standard input"),
            Option.on("help", "This"));

    private PluginSign() {}

    static int run(List<String> arguments, Output output) throws IOException {
        Options options = Options.of(arguments, OPTIONS);
        if (options.has("help")) {
            output.out()
                    .print(Options.help(
                            "hearthwatch plugin-sign --key KEYFILE FILE...",
                            "Signs whole files with Ed25519 and ML-DSA-65: FILE" + FileClaim.SUFFIX
                                    + ", to be copied beside FILE into deploy/.",
                            OPTIONS));
            return Output.DONE;
        }
        if (options.words().isEmpty()) {
            throw new UsageException("plugin-sign takes a FILE");
        }
        Path keyFile = Path.of(options.get("key").orElseThrow(() -> new UsageException("plugin-sign needs --key KEYFILE")));
        SigningKey key = KeyFile.read(keyFile, options.get("passphrase-file"));
        for (String word : options.words()) {
            Path file = Path.of(word);
            if (!Files.isRegularFile(file)) {
                throw new UsageException(file + " is no file");
            }
            var claim = new FileClaim(Files.size(file), Digests.of(file));
            SignedNote note = key.sign(claim.text());
            Path beside = file.resolveSibling(file.getFileName() + FileClaim.SUFFIX);
            Path next = file.resolveSibling("." + file.getFileName() + FileClaim.SUFFIX + ".next");
            Files.writeString(next, note.toString());
            Files.move(next, beside, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            output.out().println(beside + ": signed by " + key.verifier().name() + ", SHA-256 " + claim.sha256());
        }
        return Output.DONE;
    }
}
