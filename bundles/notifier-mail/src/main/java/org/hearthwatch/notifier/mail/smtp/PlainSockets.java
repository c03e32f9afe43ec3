package org.hearthwatch.notifier.mail.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Plain sockets that are watched; the library lays TLS over them where STARTTLS says so. */
final class PlainSockets extends SocketFactory {

    private final SocketFactory sockets;
    private final Watch watch;

    PlainSockets(SocketFactory sockets, Watch watch) {
        this.sockets = sockets;
        this.watch = watch;
    }

    @Override
    public Socket createSocket() throws IOException {
        return watch.over(sockets.createSocket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return watch.over(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return watch.over(sockets.createSocket(host, port, localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return watch.over(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return watch.over(sockets.createSocket(address, port, localAddress, localPort));
    }
}
