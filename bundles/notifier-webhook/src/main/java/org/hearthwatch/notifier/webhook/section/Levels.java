package org.hearthwatch.notifier.webhook.section;

import org.hearthwatch.api.notify.DeliveryException;

/** Priorities that a service takes as numbers. */
final class Levels {

    private Levels() {}

    static int number(String level, int least, int most) throws DeliveryException {
        if (level.matches("-?\\d{1,3}")) {
            int number = Integer.parseInt(level);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw DeliveryException.lasting(
                "priorities says " + level + "; it takes numbers from " + least + " to " + most);
    }
}
