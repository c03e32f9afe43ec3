package org.hearthwatch.alert.yaml;

import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.parser.Parser;

/** The events of another parser, as long as they are nested no deeper than what reads them recursively can bear. */
final class BoundedEvents implements Parser {

    private static final int MOST_LEVELS = 100;

    private final Parser events;
    private int level;

    BoundedEvents(Parser events) {
        this.events = events;
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return events.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return events.peekEvent();
    }

    @Override
    public Event next() {
        Event event = events.next();
        switch (event.getEventId()) {
            case MappingStart, SequenceStart -> level++;
            case MappingEnd, SequenceEnd -> level--;
            default -> {
                return event;
            }
        }
        if (level > MOST_LEVELS) {
            throw new ParserException("nested deeper than " + MOST_LEVELS + " levels", event.getStartMark());
        }
        return event;
    }

    @Override
    public boolean hasNext() {
        return events.hasNext();
    }
}
