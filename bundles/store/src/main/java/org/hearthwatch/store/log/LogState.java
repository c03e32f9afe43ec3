package org.hearthwatch.store.log;

import java.util.Arrays;
import org.hearthwatch.api.metric.NativeHistogram;
import org.jspecify.annotations.Nullable;

/**
 * What stands last in a file of the log for each series, which the next record of it is written as a difference to.
 * Numbers are dense, so values are in pages by number. Not thread-safe.
 */
final class LogState {

    private static final int PAGE_BITS = 8;
    private static final int PAGE = 1 << PAGE_BITS;

    private @Nullable Page[] pages = new @Nullable Page[16];
    private int epoch = 1;

    /** Forgets all values before. */
    void reset() {
        epoch++;
    }

    /** Forgets all values, and gives back the memory of runs of numbers that had none since this was called last. */
    void clear() {
        epoch++;
        for (int i = 0; i < pages.length; i++) {
            Page page = pages[i];
            if (page != null && !page.used) {
                pages[i] = null;
            } else if (page != null) {
                // Used again rather than made anew for each file: it would be old before it is garbage.
                page.used = false;
                page.histograms = null;
            }
        }
    }

    /** The bits of the number that stands last for a series; zero where there is none. */
    long bits(int ref) {
        Page page = page(ref);
        int place = ref & PAGE - 1;
        return page == null || page.epochs[place] != epoch ? 0 : page.bits[place];
    }

    void bits(int ref, long bits) {
        Page page = pageFor(ref);
        int place = ref & PAGE - 1;
        page.epochs[place] = epoch;
        page.bits[place] = bits;
        page.used = true;
    }

    /** The histogram that stands last for a series, or nothing. */
    @Nullable
    NativeHistogram histogram(int ref) {
        Page page = page(ref);
        int place = ref & PAGE - 1;
        return page == null || page.histograms == null || page.histogramEpoch != epoch ? null : page.histograms[place];
    }

    void histogram(int ref, NativeHistogram histogram) {
        Page page = pageFor(ref);
        if (page.histograms == null || page.histogramEpoch != epoch) {
            page.histograms = new @Nullable NativeHistogram[PAGE];
            page.histogramEpoch = epoch;
        }
        page.histograms[ref & PAGE - 1] = histogram;
        page.used = true;
    }

    private @Nullable Page page(int ref) {
        int number = ref >>> PAGE_BITS;
        return number < pages.length ? pages[number] : null;
    }

    private Page pageFor(int ref) {
        int number = ref >>> PAGE_BITS;
        if (number >= pages.length) {
            pages = Arrays.copyOf(pages, Math.max(number + 1, 2 * pages.length));
        }
        Page page = pages[number];
        if (page == null) {
            page = new Page();
            pages[number] = page;
        }
        return page;
    }

    /** A run of numbers. */
    private static final class Page {
        private final int[] epochs = new int[PAGE];
        private final long[] bits = new long[PAGE];
        private @Nullable NativeHistogram @Nullable [] histograms;
        private int histogramEpoch;
        private boolean used;
    }
}
