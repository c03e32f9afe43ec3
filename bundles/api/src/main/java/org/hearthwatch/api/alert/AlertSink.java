package org.hearthwatch.api.alert;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is told of alerts; register one as a service. Firing alerts come when they begin to fire and again and again while
 * they do (every minute unless configured otherwise); resolved ones at once and again for a quarter of an hour.
 */
@ConsumerType
public interface AlertSink {

    /**
     * Takes alerts of one rule. Called in the thread that evaluates rules, so it returns quickly; possibly by several
     * threads at once.
     */
    void accept(List<RaisedAlert> alerts);
}
