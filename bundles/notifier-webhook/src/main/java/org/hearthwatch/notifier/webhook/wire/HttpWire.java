package org.hearthwatch.notifier.webhook.wire;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.notifier.webhook.Answer;
import org.hearthwatch.notifier.webhook.Call;
import org.hearthwatch.notifier.webhook.Route;
import org.hearthwatch.notifier.webhook.Wire;

/**
 * HTTP by Java's own client. A redirect is followed only where method and body stay what they are (307, 308) and the host,
 * the port and the scheme too: anything else could carry a token elsewhere. One client is kept as long as the destination
 * and what TLS is to trust stay the same.
 */
public final class HttpWire implements Wire {

    private static final String PURPOSE = "notify";
    private static final int MOST_REDIRECTS = 3;
    private static final int LONGEST_BODY = 64 * 1024;

    private final Egress egress;
    private final Route route;
    private final Executor threads;
    private Optional<Kept> kept = Optional.empty();

    private record Kept(String host, int port, Optional<SSLContext> tls, HttpClient client) {}

    /** @param threads run what the client does behind the scenes */
    public HttpWire(Egress egress, Route route, Executor threads) {
        this.egress = egress;
        this.route = route;
        this.threads = threads;
    }

    @Override
    public Answer exchange(Call call, Duration timeout) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        Call next = call;
        for (int redirects = 0; ; redirects++) {
            Answer answer = once(next, Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            Optional<URI> moved = moved(next.address(), answer);
            if (moved.isEmpty() || redirects == MOST_REDIRECTS) {
                return answer;
            }
            next = new Call(next.method(), moved.get(), next.headers(), next.body());
        }
    }

    private static Optional<URI> moved(URI from, Answer answer) {
        if (answer.status() != 307 && answer.status() != 308) {
            return Optional.empty();
        }
        try {
            return answer.header("Location")
                    .map(from::resolve)
                    .filter(to -> from.getHost().equalsIgnoreCase(to.getHost())
                            && from.getScheme().equals(to.getScheme())
                            && port(from) == port(to));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Answer once(Call call, Duration timeout) throws IOException, InterruptedException {
        String host = call.address().getHost();
        int port = port(call.address());
        egress.permit(PURPOSE, host, port);
        Optional<InetSocketAddress> proxy = route.proxy().flatMap(rule -> rule.towards(host, port));
        if (proxy.isPresent()) {
            egress.permit(PURPOSE, proxy.get().getHostString(), proxy.get().getPort());
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(call.address())
                .timeout(timeout)
                .header("User-Agent", "hearthwatch")
                .method(call.method(), HttpRequest.BodyPublishers.ofByteArray(call.body()));
        call.headers().forEach(request::header);
        Optional<SSLContext> context = call.address().getScheme().equals("https")
                ? Optional.of(egress.tls(host, port, route.tls()))
                : Optional.empty();
        // The client's own time-out ends with the head of an answer; a body may trickle for ever.
        CompletableFuture<Answer> answer = client(host, port, proxy, context)
                .sendAsync(request.build(), head -> new BoundedText(LONGEST_BODY))
                .thenApply(HttpWire::answer);
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("no answer in time");
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (CancellationException e) {
            throw new IOException("the request was broken off", e);
        } catch (ExecutionException e) {
            throw failure(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    private static IOException failure(Throwable cause) {
        for (Throwable e = cause; e != null; e = e.getCause()) {
            if (e instanceof UnresolvedAddressException) {
                return new IOException("no such host; see whether its name is spelt right and DNS answers", cause);
            }
        }
        if (cause instanceof ConnectException) {
            return new IOException("nobody answers at this address and port", cause);
        }
        if (cause instanceof SSLException) {
            return new IOException("TLS failed: " + cause.getMessage(), cause);
        }
        return cause instanceof IOException e ? e : new IOException(String.valueOf(cause.getMessage()), cause);
    }

    private synchronized HttpClient client(
            String host, int port, Optional<InetSocketAddress> proxy, Optional<SSLContext> context) {
        if (kept.isPresent()) {
            Kept current = kept.get();
            if (current.host().equals(host)
                    && current.port() == port
                    && current.tls().equals(context)) {
                return current.client();
            }
        }
        HttpClient.Builder builder = HttpClient.newBuilder()
                .executor(threads)
                .followRedirects(HttpClient.Redirect.NEVER)
                // The upgrade to HTTP/2 in the open is more than some small receivers can take.
                .version(HttpClient.Version.HTTP_1_1);
        context.ifPresent(builder::sslContext);
        proxy.ifPresent(address ->
                builder.proxy(ProxySelector.of(new InetSocketAddress(address.getHostString(), address.getPort()))));
        HttpClient client = builder.build();
        kept = Optional.of(new Kept(host, port, context, client));
        return client;
    }

    private static Answer answer(HttpResponse<String> response) {
        HttpHeaders headers = response.headers();
        var first = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.map().forEach((name, values) -> first.put(name, values.get(0)));
        return new Answer(response.statusCode(), first, response.body());
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return address.getScheme().equals("https") ? 443 : 80;
    }
}
