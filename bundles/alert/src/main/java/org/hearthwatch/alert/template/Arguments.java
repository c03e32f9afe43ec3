package org.hearthwatch.alert.template;

import java.util.List;
import org.hearthwatch.alert.text.GoNumber;
import org.hearthwatch.alert.text.GoText;

/** What a function was called with; each accessor refuses a value of another type in Go's words. */
public record Arguments(String function, List<Object> values) {

    public Arguments {
        values = List.copyOf(values);
    }

    public int size() {
        return values.size();
    }

    public Object get(int index) {
        return values.get(index);
    }

    public String text(int index) throws TemplateException {
        if (get(index) instanceof String text) {
            return text;
        }
        throw wrongType(index, "string");
    }

    public List<?> list(int index) throws TemplateException {
        if (get(index) instanceof List<?> list) {
            return list;
        }
        throw wrongType(index, "slice");
    }

    /** A number, be it written as a text; Prometheus lets both stand for one another. */
    public double number(int index) throws TemplateException {
        Object value = get(index);
        if (value instanceof Double number) {
            return number;
        }
        if (value instanceof Long number) {
            return number;
        }
        if (value instanceof GoDuration duration) {
            return duration.seconds();
        }
        if (value instanceof String text) {
            return GoNumber.tryParse(text)
                    .orElseThrow(() -> new TemplateException(
                            "strconv.ParseFloat: parsing " + GoText.quote(text) + ": invalid syntax"));
        }
        throw new TemplateException("can't convert " + Values.typeName(value) + " to float");
    }

    /** The refusal of a value that is of another type than wanted. */
    public TemplateException wrongType(int index, String wanted) {
        Object value = get(index);
        return new TemplateException(
                value == Nil.NIL
                        ? "invalid value; expected " + wanted
                        : "wrong type for value; expected " + wanted + "; got " + Values.typeName(value));
    }
}
