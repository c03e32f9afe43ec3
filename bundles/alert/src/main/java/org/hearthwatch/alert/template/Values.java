package org.hearthwatch.alert.template;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.hearthwatch.alert.text.GoNumber;

/** What values mean to templates: whether they count as true, how they compare, what they look like. */
final class Values {

    private Values() {}

    /** Empty values, zero, false and nil are false. */
    static boolean isTrue(Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        if (value instanceof Long number) {
            return number != 0;
        }
        if (value instanceof Double number) {
            return number != 0;
        }
        if (value instanceof String text) {
            return !text.isEmpty();
        }
        if (value instanceof List<?> list) {
            return !list.isEmpty();
        }
        if (value instanceof Map<?, ?> map) {
            return !map.isEmpty();
        }
        if (value instanceof GoDuration duration) {
            return duration.nanos() != 0;
        }
        return value != Nil.NIL;
    }

    /** The name of its type in Go. */
    static String typeName(Object value) {
        if (value instanceof Members members) {
            return members.typeName();
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        if (value instanceof Long) {
            return "int";
        }
        if (value instanceof Double) {
            return "float64";
        }
        if (value instanceof String) {
            return "string";
        }
        if (value instanceof TextMap) {
            return "map[string]string";
        }
        if (value instanceof List<?>) {
            return "[]interface {}";
        }
        return value instanceof Map<?, ?> ? "map[string]interface {}" : "<nil>";
    }

    /** As Go prints it with {@code %v}; nil is {@code <nil>}. */
    static String print(Object value) {
        if (value instanceof Double number) {
            return GoNumber.format(number, 'g', GoNumber.SHORTEST);
        }
        if (value instanceof Members) {
            return value.toString();
        }
        if (value instanceof List<?> list) {
            var joined = new StringJoiner(" ", "[", "]");
            list.forEach(element -> joined.add(print(element)));
            return joined.toString();
        }
        if (value instanceof Map<?, ?> map) {
            var sorted = new TreeMap<String, String>();
            map.forEach((key, element) -> sorted.put(print(key), print(element)));
            var joined = new StringJoiner(" ", "map[", "]");
            sorted.forEach((key, element) -> joined.add(key + ":" + element));
            return joined.toString();
        }
        return value == Nil.NIL ? "<nil>" : value.toString();
    }

    /** Whether two values are equal; those of different kinds cannot be compared. */
    static boolean equal(Object left, Object right) throws TemplateException {
        if (left == Nil.NIL || right == Nil.NIL) {
            return left == right;
        }
        if (left instanceof List<?>
                || right instanceof List<?>
                || left instanceof Map<?, ?>
                || right instanceof Map<?, ?>) {
            throw new TemplateException("non-comparable type "
                    + typeName(left instanceof List<?> || left instanceof Map<?, ?> ? left : right));
        }
        checkComparable(left, right);
        // As numbers, so that NaN differs from itself.
        return left instanceof Double number ? number.doubleValue() == (Double) right : left.equals(right);
    }

    /** Whether one value is less than another. */
    static boolean less(Object left, Object right) throws TemplateException {
        checkComparable(left, right);
        if (left instanceof Long number) {
            return number < (Long) right;
        }
        if (left instanceof Double number) {
            return number < (Double) right;
        }
        if (left instanceof String text) {
            return text.compareTo((String) right) < 0;
        }
        if (left instanceof GoDuration duration) {
            return duration.nanos() < ((GoDuration) right).nanos();
        }
        throw new TemplateException("invalid type for comparison");
    }

    private static void checkComparable(Object left, Object right) throws TemplateException {
        if (!left.getClass().equals(right.getClass())) {
            throw new TemplateException("incompatible types for comparison");
        }
    }
}
