package org.hearthwatch.notifier.mail.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/** TLS sockets that are watched. */
final class TlsSockets extends SSLSocketFactory {

    private final SSLSocketFactory sockets;
    private final Watch watch;

    TlsSockets(SSLSocketFactory sockets, Watch watch) {
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

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        return watch.over(sockets.createSocket(socket, host, port, autoClose));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }
}
