package org.hearthwatch.notifier.mail.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/** Sockets of one delivery, which can be broken off from outside: the library waits for each answer as long as it comes. */
final class WatchedSockets extends SSLSocketFactory {

    private final SocketFactory sockets;
    private final Set<Socket> made = ConcurrentHashMap.newKeySet();
    private volatile boolean broken;

    WatchedSockets(SocketFactory sockets) {
        this.sockets = sockets;
    }

    /** Ends whatever is under way, and whatever is begun from now on. */
    void breakOff() {
        broken = true;
        made.forEach(WatchedSockets::close);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more, closed or not.
        }
    }

    private Socket watched(Socket socket) {
        made.add(socket);
        if (broken) {
            close(socket);
        }
        return socket;
    }

    @Override
    public Socket createSocket() throws IOException {
        return watched(sockets.createSocket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return watched(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return watched(sockets.createSocket(host, port, localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return watched(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return watched(sockets.createSocket(address, port, localAddress, localPort));
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        return watched(tls().createSocket(socket, host, port, autoClose));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return tls().getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return tls().getSupportedCipherSuites();
    }

    private SSLSocketFactory tls() {
        if (sockets instanceof SSLSocketFactory tls) {
            return tls;
        }
        throw new IllegalStateException("These sockets are plain ones");
    }
}
