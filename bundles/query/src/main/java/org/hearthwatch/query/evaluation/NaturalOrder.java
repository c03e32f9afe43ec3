package org.hearthwatch.query.evaluation;

import java.math.BigInteger;
import java.util.Comparator;

/** The order people expect of numbered names: {@code disk2} before {@code disk10}. */
enum NaturalOrder implements Comparator<String> {
    INSTANCE;

    @Override
    public int compare(String left, String right) {
        int l = 0;
        int r = 0;
        while (l < left.length() && r < right.length()) {
            int leftEnd = runEnd(left, l);
            int rightEnd = runEnd(right, r);
            String leftRun = left.substring(l, leftEnd);
            String rightRun = right.substring(r, rightEnd);
            boolean numbers = digit(left.charAt(l)) && digit(right.charAt(r));
            int order =
                    numbers ? new BigInteger(leftRun).compareTo(new BigInteger(rightRun)) : leftRun.compareTo(rightRun);
            if (order != 0) {
                return order;
            }
            l = leftEnd;
            r = rightEnd;
        }
        int rest = Integer.compare(left.length() - l, right.length() - r);
        return rest != 0 ? rest : left.compareTo(right);
    }

    private static int runEnd(String text, int from) {
        boolean digits = digit(text.charAt(from));
        int end = from + 1;
        while (end < text.length() && digit(text.charAt(end)) == digits) {
            end++;
        }
        return end;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
