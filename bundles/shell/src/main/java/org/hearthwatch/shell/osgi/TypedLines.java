package org.hearthwatch.shell.osgi;

import java.util.Optional;
import java.util.Set;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.CommandSessionListener;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.ShellUtil;
import org.hearthwatch.shell.DoorRecord;
import org.hearthwatch.shell.KarafLine;

/** Has recorded what administrators type at Karaf's shell. Single commands over SSH are recorded at the door. */
final class TypedLines implements CommandSessionListener {

    /** Where Karaf keeps its own view of a session. */
    private static final String SESSION = ".session";

    private final Actors actors;
    private final DoorRecord records;
    private final Set<String> own;

    TypedLines(Actors actors, DoorRecord records, Set<String> own) {
        this.actors = actors;
        this.records = records;
        this.own = Set.copyOf(own);
    }

    @Override
    public void beforeExecute(CommandSession session, CharSequence line) {
        boolean typed = !(session.get(SESSION) instanceof Session karaf) || karaf.getTerminal() != null;
        if (typed) {
            Optional.ofNullable(ShellUtil.getCurrentUserName())
                    .flatMap(actors::named)
                    .ifPresent(who -> records.runs(who, KarafLine.changes(line.toString(), own)));
        }
    }

    @Override
    public void afterExecute(CommandSession session, CharSequence line, Exception problem) {
        // It was recorded before.
    }

    @Override
    public void afterExecute(CommandSession session, CharSequence line, Object result) {
        // It was recorded before.
    }
}
