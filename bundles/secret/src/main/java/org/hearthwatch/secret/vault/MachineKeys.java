package org.hearthwatch.secret.vault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.hearthwatch.api.secret.VaultException;
import org.hearthwatch.api.secret.VaultException.Kind;
import org.hearthwatch.secret.crypto.Gcm;
import org.hearthwatch.secret.crypto.Wiped;

/** What the machine has to open the vault with unattended: systemd's credentials and a key file. */
public final class MachineKeys {

    /** The credential that a first start looks for. */
    public static final String CREDENTIAL = "hearthwatch-vault";

    private static final int MOST_BYTES = 4096;

    private final Optional<Path> credentials;
    private final OwnedFile keyFile;
    private final SecureRandom random;

    /** @param credentials the folder in which systemd put the credentials of this service */
    public MachineKeys(Optional<Path> credentials, Path keyFile, SecureRandom random) {
        this(credentials, new OwnedFile(keyFile, Disk.REAL), random);
    }

    MachineKeys(Optional<Path> credentials, OwnedFile keyFile, SecureRandom random) {
        this.credentials = credentials;
        this.keyFile = keyFile;
        this.random = random;
    }

    boolean hasCredential(String name) {
        return credentials.isPresent() && Files.isRegularFile(credentials.get().resolve(name));
    }

    /** All bytes of a credential; it should be 32 random ones, as {@code systemd-creds} makes. */
    Wiped credential(String name) throws VaultException {
        if (credentials.isEmpty()) {
            throw new VaultException(
                    Kind.UNAVAILABLE,
                    "systemd gave this process no credentials (CREDENTIALS_DIRECTORY is not set); start it as the service,"
                            + " with LoadCredentialEncrypted=" + name + " in its unit");
        }
        try (var in = Files.newInputStream(credentials.get().resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length < Gcm.KEY_BYTES || bytes.length > MOST_BYTES) {
                Arrays.fill(bytes, (byte) 0);
                throw new VaultException(
                        Kind.INVALID,
                        "The credential " + name + " has " + bytes.length + " bytes; it takes " + Gcm.KEY_BYTES + " to "
                                + MOST_BYTES + ", such as from: head -c 32 /dev/urandom | systemd-creds encrypt --name="
                                + name + " - FILE");
            }
            return new Wiped(bytes);
        } catch (IOException e) {
            throw new VaultException(
                    Kind.UNAVAILABLE,
                    "systemd gave no credential " + name + "; see LoadCredentialEncrypted= in the unit",
                    e);
        }
    }

    Path keyFile() {
        return keyFile.path();
    }

    Wiped readKeyFile() throws VaultException {
        try {
            byte[] text = keyFile.read(2 * Gcm.KEY_BYTES + 1);
            try {
                byte[] key = HexFormat.of().parseHex(new String(text, StandardCharsets.US_ASCII).strip());
                if (key.length == Gcm.KEY_BYTES) {
                    return new Wiped(key);
                }
            } catch (IllegalArgumentException e) {
                // Said below; the message of the parser would quote the key.
            } finally {
                Arrays.fill(text, (byte) 0);
            }
            throw new VaultException(
                    Kind.DAMAGED, "The key file " + keyFile.path() + " does not hold 32 bytes in hexadecimal");
        } catch (IOException e) {
            throw new VaultException(Kind.UNAVAILABLE, "The key file cannot be read: " + e.getMessage(), e);
        }
    }

    /** The key file's key; the file is made where it is not there. */
    Wiped makeKeyFile() throws VaultException {
        if (keyFile.exists()) {
            return readKeyFile();
        }
        byte[] key = new byte[Gcm.KEY_BYTES];
        random.nextBytes(key);
        try {
            keyFile.write((HexFormat.of().formatHex(key) + "\n").getBytes(StandardCharsets.US_ASCII));
            return new Wiped(key);
        } catch (IOException e) {
            Arrays.fill(key, (byte) 0);
            throw new VaultException(Kind.UNAVAILABLE, "The key file cannot be written: " + e.getMessage(), e);
        }
    }
}
