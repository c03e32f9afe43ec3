package org.hearthwatch.prometheus.in;

/**
 * What became of a push.
 *
 * @param problems why what was not written was not
 */
public record Outcome(int samples, int histograms, int exemplars, Problems problems) {}
