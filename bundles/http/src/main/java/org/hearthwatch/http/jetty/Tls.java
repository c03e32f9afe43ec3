package org.hearthwatch.http.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.hearthwatch.http.HttpFigures;

/** The TLS layer of a port: engines come from outside, one for each connection, so that a certificate may change meanwhile. */
final class Tls extends AbstractConnectionFactory {

    private final Supplier<SSLEngine> engines;
    private final HttpFigures figures;

    Tls(Supplier<SSLEngine> engines, HttpFigures figures) {
        super("TLS");
        this.engines = engines;
        this.figures = figures;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        var layer = new Layer(connector, endPoint, engines.get());
        layer.setRenegotiationAllowed(false);
        layer.setInputBufferSize(getInputBufferSize());
        layer.addHandshakeListener(layer);
        ConnectionFactory http = connector.getConnectionFactory(HttpVersion.HTTP_1_1.asString());
        EndPoint plain = layer.getSslEndPoint();
        Connection above = http.newConnection(connector, plain);
        plain.setConnection(above);
        return layer;
    }

    private final class Layer extends SslConnection implements SslHandshakeListener {

        private final EndPoint wire;
        private boolean greeted;

        // The other constructor wants a factory of engines, which come from elsewhere here.
        @SuppressWarnings("deprecation")
        private Layer(Connector connector, EndPoint endPoint, SSLEngine engine) {
            super(connector.getByteBufferPool(), connector.getExecutor(), endPoint, engine, false, false);
            this.wire = endPoint;
        }

        @Override
        protected SslEndPoint newSslEndPoint() {
            return new Plain();
        }

        /** The first answer tells which key exchange was agreed on. */
        @Override
        protected SSLEngineResult wrap(SSLEngine engine, ByteBuffer[] input, ByteBuffer output) throws SSLException {
            int from = output.position();
            SSLEngineResult result = super.wrap(engine, input, output);
            if (!greeted && result.bytesProduced() > 0) {
                ServerHello.group(output.duplicate().flip().position(from)).ifPresent(group -> {
                    greeted = true;
                    figures.agreed(group);
                });
            }
            return result;
        }

        @Override
        public void handshakeFailed(Event event, Throwable failure) {
            figures.refused("tls_handshake");
        }

        /** The side where lines can be read. */
        private final class Plain extends SslEndPoint {

            @Override
            public int fill(ByteBuffer buffer) throws IOException {
                int count = super.fill(buffer);
                if (count > 0
                        && wire instanceof PatientEndPoint patient
                        && !patient.arrived(buffer, buffer.limit() - count)) {
                    patient.refuseLine();
                    return -1;
                }
                return count;
            }
        }
    }
}
