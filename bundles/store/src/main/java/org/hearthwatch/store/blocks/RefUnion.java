package org.hearthwatch.store.blocks;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;

/** The numbers of all series of some blocks, growing, each once. */
final class RefUnion implements PrimitiveIterator.OfInt {

    private final List<LiveBlock> blocks;
    private final int[] places;

    RefUnion(List<LiveBlock> blocks) {
        this.blocks = blocks;
        this.places = new int[blocks.size()];
    }

    @Override
    public boolean hasNext() {
        for (int i = 0; i < places.length; i++) {
            if (places[i] < blocks.get(i).file().size()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int nextInt() {
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < places.length; i++) {
            if (places[i] < blocks.get(i).file().size()) {
                least = Math.min(least, blocks.get(i).file().ref(places[i]));
            }
        }
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        for (int i = 0; i < places.length; i++) {
            if (places[i] < blocks.get(i).file().size() && blocks.get(i).file().ref(places[i]) == least) {
                places[i]++;
            }
        }
        return least;
    }
}
