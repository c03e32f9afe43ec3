package org.hearthwatch.access.oidc.osgi;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.hearthwatch.access.oidc.OidcSignIn;
import org.hearthwatch.access.oidc.Web;
import org.hearthwatch.api.net.Egress;

/** Asks the provider over HTTP, where the gate lets us. */
final class GatedWeb implements Web {

    private static final String PURPOSE = "sign-in";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 1 << 20;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private final Egress egress;

    GatedWeb(Egress egress) {
        this.egress = egress;
    }

    @Override
    public String get(URI address) throws IOException {
        return send(HttpRequest.newBuilder(address).GET(), address);
    }

    @Override
    public String post(URI address, Map<String, String> form, Map<String, String> headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(OidcSignIn.form(form)));
        headers.forEach(request::header);
        return send(request, address);
    }

    private String send(HttpRequest.Builder request, URI address) throws IOException {
        boolean secure = "https".equals(address.getScheme());
        int port = address.getPort() >= 0 ? address.getPort() : secure ? HTTPS : HTTP;
        egress.permit(PURPOSE, address.getHost(), port);
        HttpClient.Builder client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).followRedirects(HttpClient.Redirect.NEVER);
        if (secure) {
            client.sslContext(egress.tls(address.getHost(), port));
        }
        try {
            HttpResponse<InputStream> answer = client.build()
                    .send(
                            request.timeout(PATIENCE)
                                    .header("Accept", "application/json")
                                    .build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] bytes = body.readNBytes(MOST_BYTES + 1);
                if (answer.statusCode() != 200) {
                    throw new IOException(address.getHost() + " answered " + answer.statusCode());
                }
                if (bytes.length > MOST_BYTES) {
                    throw new IOException(address.getHost() + " answered more than " + MOST_BYTES + " bytes");
                }
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + address.getHost(), e);
        }
    }
}
