package org.hearthwatch.prometheus.in;

/** Something a stranger sent, fit to be repeated to them: short and without control characters. */
final class Printed {

    private static final int LONGEST = 100;

    private Printed() {}

    static String of(String text) {
        String shortened = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        return shortened.replaceAll("\\p{Cntrl}", "?");
    }
}
