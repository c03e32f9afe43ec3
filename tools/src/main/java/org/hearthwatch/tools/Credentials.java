package org.hearthwatch.tools;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.hearthwatch.alert.yaml.YamlDocument;
import org.hearthwatch.alert.yaml.YamlReader;
import org.hearthwatch.alert.yaml.YamlValue;

/**
 * How a server is spoken to: headers, among them who asks, and whose certificates are trusted.
 *
 * @param trust empty for the system's
 */
record Credentials(Map<String, String> headers, Optional<SSLContext> trust) {

    /** From {@code --header} and {@code --http.config.file}. */
    static Credentials of(Options options) throws IOException {
        var headers = new LinkedHashMap<String, String>();
        Optional<SSLContext> trust = Optional.empty();
        Optional<String> file = options.get("http.config.file");
        if (file.isPresent()) {
            trust = read(Path.of(file.get()), headers);
        }
        for (String header : options.all("header")) {
            int separator = header.indexOf(':') >= 0 ? header.indexOf(':') : header.indexOf('=');
            if (separator <= 0) {
                throw new UsageException("--header takes NAME: VALUE, not " + header);
            }
            headers.put(
                    header.substring(0, separator).strip(),
                    header.substring(separator + 1).strip());
        }
        return new Credentials(headers, trust);
    }

    HttpClient.Builder client() {
        HttpClient.Builder client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        trust.ifPresent(client::sslContext);
        return client;
    }

    private static Optional<SSLContext> read(Path file, Map<String, String> headers) throws IOException {
        YamlDocument document = YamlDocument.read(Files.readString(file));
        var yaml = new YamlReader(false);
        Optional<SSLContext> trust = Optional.empty();
        if (document.root().isPresent()) {
            Map<String, YamlValue> fields = yaml.fields(
                    document.root().get(),
                    "config.HTTPClientConfig",
                    Set.of("basic_auth", "authorization", "bearer_token", "bearer_token_file", "tls_config"));
            new Section(yaml, file, fields, "basic_auth", Set.of("username", "password", "password_file"))
                    .basic(headers);
            new Section(yaml, file, fields, "authorization", Set.of("type", "credentials", "credentials_file"))
                    .authorization(headers);
            Section top = new Section(yaml, file, fields);
            Optional<String> bearer = top.secret("bearer_token");
            bearer.ifPresent(token -> headers.put("Authorization", "Bearer " + token));
            trust = new Section(yaml, file, fields, "tls_config", Set.of("ca_file")).trust();
        }
        if (!document.problems().isEmpty() || !yaml.problems().isEmpty()) {
            throw new UsageException(
                    file + ": " + (document.problems().isEmpty() ? yaml.problems() : document.problems()).get(0));
        }
        return trust;
    }

    /** A part of the file. */
    private record Section(YamlReader yaml, Path file, Map<String, YamlValue> fields) {

        Section(YamlReader yaml, Path file, Map<String, YamlValue> outer, String name, Set<String> known) {
            this(
                    yaml,
                    file,
                    outer.containsKey(name)
                            ? yaml.fields(Optional.ofNullable(outer.get(name)).orElseThrow(), name, known)
                            : Map.of());
        }

        private String text(String name) {
            return yaml.text(Optional.ofNullable(fields.get(name)));
        }

        /** A secret that stands in the file, or in another one named there. */
        private Optional<String> secret(String name) throws IOException {
            String other = text(name + "_file");
            if (!other.isEmpty()) {
                return Optional.of(Files.readString(beside(other)).strip());
            }
            return Optional.of(text(name)).filter(value -> !value.isEmpty());
        }

        private Path beside(String other) {
            Path folder = file.getParent();
            return folder == null ? Path.of(other) : folder.resolve(other);
        }

        private void basic(Map<String, String> headers) throws IOException {
            if (!fields.isEmpty()) {
                String pair = text("username") + ":" + secret("password").orElse("");
                headers.put(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
            }
        }

        private void authorization(Map<String, String> headers) throws IOException {
            Optional<String> credentials = secret("credentials");
            if (credentials.isPresent()) {
                String type = text("type");
                headers.put("Authorization", (type.isEmpty() ? "Bearer" : type) + " " + credentials.get());
            }
        }

        private Optional<SSLContext> trust() throws IOException {
            String authority = text("ca_file");
            return authority.isEmpty() ? Optional.empty() : Optional.of(Trust.in(beside(authority)));
        }
    }
}
