package org.hearthwatch.alert.cause;

import java.time.Instant;
import org.hearthwatch.alert.held.HeldAlert;

/** What becomes of an alert by what it is about. */
public sealed interface Verdict {

    /** Nothing keeps it quiet. */
    Verdict TELL = new Tell();

    /** In a word, as it is counted. */
    String word();

    /** People are told of it. */
    record Tell() implements Verdict {

        @Override
        public String word() {
            return "told";
        }
    }

    /** Something it stands on is down, which is told instead. */
    record Folded(HeldAlert cause) implements Verdict {

        @Override
        public String word() {
            return "cause";
        }
    }

    /** Its cause may be about to be known; it is looked at again at a moment. */
    record Held(Instant until) implements Verdict {

        @Override
        public String word() {
            return "held";
        }
    }

    /** Nobody expects it to work at present. */
    record Idle(String why) implements Verdict {

        @Override
        public String word() {
            return "idle";
        }
    }
}
