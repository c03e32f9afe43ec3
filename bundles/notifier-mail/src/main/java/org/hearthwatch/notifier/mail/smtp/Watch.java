package org.hearthwatch.notifier.mail.smtp;

import java.io.IOException;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The sockets of one delivery, to be broken off from outside: the library waits for an answer as long as it trickles in. */
final class Watch {

    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean broken;

    /** The socket, which is closed at once if all is over already. */
    Socket over(Socket socket) {
        sockets.add(socket);
        if (broken) {
            close(socket);
        }
        return socket;
    }

    /** Ends whatever is under way, and whatever is begun from now on. */
    void breakOff() {
        broken = true;
        sockets.forEach(Watch::close);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more, closed or not.
        }
    }
}
