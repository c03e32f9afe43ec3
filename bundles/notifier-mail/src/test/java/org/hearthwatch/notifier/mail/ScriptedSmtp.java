package org.hearthwatch.notifier.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server that answers as the test says, with STARTTLS if it is given a key. It serves one connection. */
public final class ScriptedSmtp implements AutoCloseable {

    private final ServerSocket server;
    private final Optional<SSLContext> tls;
    private final Map<String, String> answers = new LinkedHashMap<>();
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Thread thread = new Thread(this::serve, "scripted-smtp");
    private volatile boolean secured;

    public ScriptedSmtp(Optional<SSLContext> tls) throws IOException {
        this.tls = tls;
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        answers.put("EHLO", "250-scripted\r\n" + (tls.isPresent() ? "250-STARTTLS\r\n" : "") + "250 AUTH PLAIN LOGIN");
        answers.put("STARTTLS", "220 go");
        answers.put("AUTH", "235 yes");
        answers.put("MAIL", "250 ok");
        answers.put("RCPT", "250 ok");
        answers.put("DATA", "354 go");
        answers.put(".", "250 2.0.0 queued as 7");
        answers.put("QUIT", "221 bye");
        answers.put("RSET", "250 ok");
    }

    /** Another answer to a command, a dot being the end of a mail; an empty one for none at all. */
    public ScriptedSmtp answering(String command, String answer) {
        answers.put(command, answer);
        return this;
    }

    public ScriptedSmtp start() {
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** What was said to it. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    public boolean isSecured() {
        return secured;
    }

    private void serve() {
        try {
            talk(server.accept(), true);
        } catch (IOException e) {
            lines.add("! " + e.getMessage());
        }
    }

    private void talk(Socket socket, boolean greets) throws IOException {
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = socket.getOutputStream();
        if (greets) {
            say(out, "220 scripted");
        }
        boolean mail = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            lines.add(line);
            if (mail && !line.equals(".")) {
                continue;
            }
            String command = mail ? "." : line.split(" ", 2)[0];
            String answer = answers.getOrDefault(command, "500 what?");
            mail = command.equals("DATA") && answer.startsWith("354");
            say(out, answer);
            if (command.equals("STARTTLS") && tls.isPresent()) {
                var secure = (SSLSocket)
                        tls.get().getSocketFactory().createSocket(socket, "127.0.0.1", socket.getPort(), true);
                secure.setUseClientMode(false);
                secure.startHandshake();
                secured = true;
                talk(secure, false);
                return;
            }
        }
    }

    private static void say(OutputStream out, String answer) throws IOException {
        if (!answer.isEmpty()) {
            out.write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
