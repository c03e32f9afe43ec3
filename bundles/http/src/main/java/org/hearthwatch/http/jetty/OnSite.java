package org.hearthwatch.http.jetty;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;

/**
 * A request that says it came through the appliance's main port. Cookies carry that port in their name, so that two
 * appliances on one machine do not overwrite each other's, and a browser sends them to every port.
 */
final class OnSite extends Request.Wrapper {

    private final ConnectionMetaData connection;

    OnSite(Request request, int site) {
        super(request);
        connection = new ConnectionMetaData.Wrapper(request.getConnectionMetaData()) {
            @Override
            public SocketAddress getLocalSocketAddress() {
                SocketAddress local = super.getLocalSocketAddress();
                return local instanceof InetSocketAddress socket
                        ? new InetSocketAddress(socket.getAddress(), site)
                        : local;
            }
        };
    }

    @Override
    public ConnectionMetaData getConnectionMetaData() {
        return connection;
    }
}
