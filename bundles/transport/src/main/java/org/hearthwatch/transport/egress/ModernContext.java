package org.hearthwatch.transport.egress;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.function.BooleanSupplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** A context whose sockets and engines come with modern protocols only, however they are made. For clients. */
final class ModernContext extends SSLContextSpi {

    private static final String[] MODERN = {"TLSv1.3"};
    private static final String[] ALLOWED = {"TLSv1.3", "TLSv1.2"};

    private final SSLContext context;
    private final BooleanSupplier tls12;

    private ModernContext(SSLContext context, BooleanSupplier tls12) {
        this.context = context;
        this.tls12 = tls12;
    }

    /** @param tls12 whether TLS 1.2 is allowed; asked for each connection */
    static SSLContext of(SSLContext context, BooleanSupplier tls12) {
        return new SSLContext(new ModernContext(context, tls12), context.getProvider(), "TLS") {};
    }

    private String[] protocols() {
        return (tls12.getAsBoolean() ? ALLOWED : MODERN).clone();
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
            throws KeyManagementException {
        throw new KeyManagementException("This context is made already");
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        return new Sockets(context.getSocketFactory());
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        throw new UnsupportedOperationException("This context is for connections to others");
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        return modern(context.createSSLEngine());
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        return modern(context.createSSLEngine(host, port));
    }

    private SSLEngine modern(SSLEngine engine) {
        engine.setEnabledProtocols(protocols());
        return engine;
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        return context.getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        return context.getClientSessionContext();
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
        return modern(context.getDefaultSSLParameters());
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
        return modern(context.getSupportedSSLParameters());
    }

    private SSLParameters modern(SSLParameters parameters) {
        parameters.setProtocols(protocols());
        return parameters;
    }

    private final class Sockets extends SSLSocketFactory {

        private final SSLSocketFactory sockets;

        private Sockets(SSLSocketFactory sockets) {
            this.sockets = sockets;
        }

        private Socket modern(Socket socket) {
            if (socket instanceof SSLSocket secure) {
                secure.setEnabledProtocols(protocols());
            }
            return socket;
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return sockets.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return sockets.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket() throws IOException {
            return modern(sockets.createSocket());
        }

        @Override
        public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
            return modern(sockets.createSocket(socket, host, port, autoClose));
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return modern(sockets.createSocket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
            return modern(sockets.createSocket(host, port, from, fromPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return modern(sockets.createSocket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
            return modern(sockets.createSocket(host, port, from, fromPort));
        }
    }
}
