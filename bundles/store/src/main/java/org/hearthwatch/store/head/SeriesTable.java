package org.hearthwatch.store.head;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Series by number. Numbers grow for ever while series come and go, so the table is in pages, and a page without series
 * takes no room. One writer; a reader sees a series if it learnt of the number in a way that happened after the put.
 */
final class SeriesTable {

    private static final int PAGE_BITS = 9;
    private static final int PAGE = 1 << PAGE_BITS;

    private volatile @Nullable Page[] pages = new @Nullable Page[16];

    @Nullable
    Series get(int ref) {
        var directory = pages;
        int number = ref >>> PAGE_BITS;
        Page page = number < directory.length ? directory[number] : null;
        return page == null ? null : page.series[ref & PAGE - 1];
    }

    void put(int ref, Series series) {
        int number = ref >>> PAGE_BITS;
        var directory = pages;
        if (number >= directory.length) {
            directory = Arrays.copyOf(directory, Math.max(number + 1, 2 * directory.length));
        }
        Page page = directory[number];
        if (page == null) {
            page = new Page();
            directory[number] = page;
        }
        page.series[ref & PAGE - 1] = series;
        page.used++;
        pages = directory;
    }

    void remove(int ref) {
        var directory = pages;
        Page page = directory[ref >>> PAGE_BITS];
        if (page != null && page.series[ref & PAGE - 1] != null) {
            page.series[ref & PAGE - 1] = null;
            page.used--;
            if (page.used == 0) {
                directory[ref >>> PAGE_BITS] = null;
            }
        }
    }

    /** Takes all series by growing number: each once, under its own. */
    void forEach(Consumer<Series> taker) {
        var directory = pages;
        for (int number = 0; number < directory.length; number++) {
            Page page = directory[number];
            if (page != null) {
                for (int i = 0; i < PAGE; i++) {
                    Series one = page.series[i];
                    if (one != null && one.ref() == (number << PAGE_BITS | i)) {
                        taker.accept(one);
                    }
                }
            }
        }
    }

    /** A run of numbers. */
    private static final class Page {
        private final @Nullable Series[] series = new @Nullable Series[PAGE];
        private int used;
    }
}
