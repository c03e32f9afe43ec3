package org.hearthwatch.benchmarks.store;

import java.io.PrintStream;
import java.util.Locale;

/** The table: what was measured of whom, and our ratio to Prometheus beside what it must and should be. */
final class Bars {

    private final PrintStream out;
    private boolean met = true;

    Bars(PrintStream out) {
        this.out = out;
        out.printf(
                Locale.ROOT,
                "%-54s %12s %12s %12s %8s %8s %10s%n",
                "",
                "Hearthwatch",
                "Prometheus",
                "Victoria",
                "ratio",
                "must",
                "very good");
    }

    /**
     * A row that is judged by our figure over Prometheus's, less being better; NaN where there is none.
     *
     * @param must the most the ratio may be
     */
    void ratio(String what, double ours, double prometheus, double victoria, double must, double veryGood) {
        double ratio = ours / prometheus;
        print(what, ours, prometheus, victoria, ratio, "<= " + must, "<= " + veryGood, !(ratio > must));
    }

    /** A row that is judged by our figure over Prometheus's, more being better. */
    void speed(String what, double ours, double prometheus, double victoria, double must, double veryGood) {
        double ratio = ours / prometheus;
        print(what, ours, prometheus, victoria, ratio, ">= " + must, ">= " + veryGood, !(ratio < must));
    }

    /** A row that is judged by our figure alone. */
    void absolute(String what, double ours, double must, double veryGood) {
        print(
                what,
                ours,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                "<= " + must,
                Double.isNaN(veryGood) ? "" : "<= " + veryGood,
                !(ours > must));
    }

    /** A row that is told and not judged. */
    void figure(String what, double ours, double prometheus, double victoria) {
        print(what, ours, prometheus, victoria, ours / prometheus, "", "", true);
    }

    private void print(
            String what,
            double ours,
            double prometheus,
            double victoria,
            double ratio,
            String must,
            String veryGood,
            boolean good) {
        met &= good;
        out.printf(
                Locale.ROOT,
                "%-54s %12s %12s %12s %8s %8s %10s%s%n",
                what,
                number(ours),
                number(prometheus),
                number(victoria),
                number(ratio),
                must,
                veryGood,
                good ? "" : "  MISSED");
    }

    private static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "-";
        }
        double size = Math.abs(value);
        return String.format(
                Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.4f", value);
    }

    boolean met() {
        return met;
    }
}
