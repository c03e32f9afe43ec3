package org.hearthwatch.secret.osgi;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A node of Proxmox VE as far as tokens go: over TLS, with reasons in the status line, and with faults on order. */
final class FakeProxmox implements AutoCloseable {

    /** What happens to a request. */
    enum Fault {
        NONE,
        /** Refused, nothing done. */
        REFUSED,
        /** Done, but the connection ends before the answer. */
        UNANSWERED
    }

    record Token(String value, boolean separated, String comment, long expire) {}

    record Access(String path, String role, String ugid, boolean token, boolean propagate) {}

    private static final Map<String, List<String>> ROLES =
            Map.of("PVEAuditor", List.of("Sys.Audit", "VM.Audit"), "Keeper", List.of("User.Modify"));

    final Map<String, Token> tokens = new TreeMap<>();
    final List<Access> access = new CopyOnWriteArrayList<>();
    final List<String> requests = new CopyOnWriteArrayList<>();
    volatile Predicate<String> failing = request -> false;
    volatile Fault fault = Fault.NONE;

    private final SSLContext tls;
    private final SSLServerSocket listener;
    private final Thread thread;

    /** Makes the node's key and certificate, for all tests one: it takes a JVM of its own. */
    static Path identity(Path folder) throws IOException, InterruptedException {
        Path store = folder.resolve("node.p12");
        int made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "node",
                        "-dname",
                        "CN=pve1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "password")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start()
                .waitFor();
        if (made != 0) {
            throw new IOException("keytool ended with " + made);
        }
        return store;
    }

    FakeProxmox(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance(store.toFile(), "password".toCharArray());
        var own = KeyManagerFactory.getInstance("PKIX");
        own.init(keys, "password".toCharArray());
        var trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("node", keys.getCertificate("node"));
        var trusted = TrustManagerFactory.getInstance("PKIX");
        trusted.init(trust);
        tls = SSLContext.getInstance("TLS");
        tls.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        listener = (SSLServerSocket)
                tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        thread = new Thread(this::serve, "fake-proxmox");
        thread.setDaemon(true);
        thread.start();
    }

    /** Trusts the node. */
    SSLContext tls() {
        return tls;
    }

    URI address() {
        return URI.create("https://127.0.0.1:" + listener.getLocalPort());
    }

    /** @return as it stands in a vault */
    String issue(String fullId, boolean separated, long expire) {
        String value = UUID.randomUUID().toString();
        tokens.put(fullId, new Token(value, separated, "monitoring & more", expire));
        return fullId + "=" + value;
    }

    boolean holds(String authorization) {
        int equals = authorization.indexOf('=');
        Token token = tokens.get(authorization.substring(0, equals));
        return token != null && token.value().equals(authorization.substring(equals + 1));
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (SSLSocket socket = (SSLSocket) listener.accept()) {
                socket.setSoTimeout(5_000);
                serve(socket);
            } catch (IOException e) {
                // A client that does not trust us, or the end of the test.
            }
        }
    }

    private void serve(SSLSocket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        String[] first = line(in).split(" ");
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            headers.put(
                    line.substring(0, line.indexOf(':')).toLowerCase(java.util.Locale.ROOT),
                    line.substring(line.indexOf(':') + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        String request = first[0] + " " + first[1].replaceFirst("^/api2/json", "");
        requests.add(request);
        boolean fails = failing.test(request);
        Answer answer = fails && fault == Fault.REFUSED
                ? new Answer("596 no such luck", "")
                : answer(request, form(body), headers.getOrDefault("authorization", ""));
        if (!fails || fault != Fault.UNANSWERED) {
            byte[] data = answer.data().getBytes(StandardCharsets.UTF_8);
            socket.getOutputStream()
                    .write(("HTTP/1.1 " + answer.status() + "\r\nContent-Length: " + data.length
                                    + "\r\nConnection: close\r\n\r\n" + answer.data())
                            .getBytes(StandardCharsets.UTF_8));
        }
    }

    private record Answer(String status, String data) {}

    private static Answer ok(String data) {
        return new Answer("200 OK", "{\"data\":" + data + "}");
    }

    private Answer answer(String request, Map<String, String> form, String authorization) {
        String who = authorization.replaceFirst("^PVEAPIToken=", "");
        if (!authorization.startsWith("PVEAPIToken=") || !holds(who)) {
            return new Answer("401 Authentication failed!", "");
        }
        String asker = who.substring(0, who.indexOf('='));
        if (request.equals("GET /access/permissions")) {
            return ok(permissions(asker));
        }
        if (!permissions(asker).contains("User.Modify")) {
            return new Answer("403 Permission check failed (/access/users, User.Modify)", "{\"data\":null}");
        }
        String[] parts = request.split("[ /]+");
        if (parts[2].equals("users")) {
            if (parts.length == 5) {
                return ok(tokens.keySet().stream()
                        .filter(each -> each.startsWith(decoded(parts[3]) + "!"))
                        .map(each -> "{\"tokenid\":\"" + each.substring(each.indexOf('!') + 1) + "\",\"privsep\":1}")
                        .collect(Collectors.joining(",", "[", "]")));
            }
            String id = decoded(parts[3]) + "!" + decoded(parts[5]);
            return token(parts[0], id, form);
        }
        return accessList(parts[0], form);
    }

    private Answer token(String method, String id, Map<String, String> form) {
        Token token = tokens.get(id);
        switch (method) {
            case "GET" -> {
                return token == null
                        ? new Answer("500 no such token '" + id + "'", "")
                        : ok("{\"privsep\":" + (token.separated() ? "1" : "\"0\"") + ",\"comment\":\"" + token.comment()
                                + "\",\"expire\":" + token.expire() + "}");
            }
            case "POST" -> {
                String value = UUID.randomUUID().toString();
                tokens.put(
                        id,
                        new Token(
                                value,
                                form.get("privsep").equals("1"),
                                form.getOrDefault("comment", ""),
                                Long.parseLong(form.getOrDefault("expire", "0"))));
                return ok("{\"value\":\"" + value + "\",\"full-tokenid\":\"" + id + "\",\"info\":{}}");
            }
            default -> {
                tokens.remove(id);
                return token == null ? new Answer("500 no such token '" + id + "'", "") : ok("null");
            }
        }
    }

    private Answer accessList(String method, Map<String, String> form) {
        if (method.equals("PUT")) {
            access.add(new Access(
                    form.get("path"),
                    form.get("roles"),
                    form.get("tokens"),
                    true,
                    form.get("propagate").equals("1")));
            return ok("null");
        }
        return ok(access.stream()
                .map(each ->
                        "{\"path\":\"" + each.path() + "\",\"roleid\":\"" + each.role() + "\",\"ugid\":\"" + each.ugid()
                                + "\",\"type\":\"" + (each.token() ? "token" : "user") + "\",\"propagate\":"
                                + (each.propagate() ? 1 : 0) + "}")
                .collect(Collectors.joining(",", "[", "]")));
    }

    private String permissions(String asker) {
        String who = tokens.get(asker).separated() ? asker : asker.substring(0, asker.indexOf('!'));
        return access.stream()
                .filter(each -> each.ugid().equals(who))
                .map(each -> "\"" + each.path() + "\":{"
                        + ROLES.get(each.role()).stream()
                                .map(privilege -> "\"" + privilege + "\":" + (each.propagate() ? 1 : 0))
                                .collect(Collectors.joining(","))
                        + "}")
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static Map<String, String> form(byte[] body) {
        Map<String, String> form = new HashMap<>();
        for (String field : new String(body, StandardCharsets.US_ASCII).split("&")) {
            if (!field.isEmpty()) {
                form.put(
                        decoded(field.substring(0, field.indexOf('='))),
                        decoded(field.substring(field.indexOf('=') + 1)));
            }
        }
        return form;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        List<Byte> bytes = new ArrayList<>();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the client went away");
            }
            bytes.add((byte) next);
        }
        byte[] line = new byte[bytes.size()];
        for (int i = 0; i < line.length; i++) {
            line[i] = bytes.get(i);
        }
        return new String(line, StandardCharsets.US_ASCII).stripTrailing();
    }

    @Override
    public void close() {
        try {
            listener.close();
            thread.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
