package org.hearthwatch.alert.notify;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.hearthwatch.alert.template.AlertmanagerFunctions;
import org.hearthwatch.alert.template.Bounds;
import org.hearthwatch.alert.template.Functions;
import org.hearthwatch.alert.template.Template;
import org.hearthwatch.alert.template.TemplateException;
import org.hearthwatch.api.notify.DeliveryException;
import org.hearthwatch.api.notify.Texts;

/** The texts of one message. Thread-safe. */
final class MessageTexts implements Texts {

    private static final Bounds BOUNDS = new Bounds(1 << 20, 1_000_000, 100, Duration.ofSeconds(5));

    private final TemplateData data;
    private final TemplateFiles files;
    private final InstantSource clock;
    private final LongSupplier nanoTime;

    MessageTexts(TemplateData data, TemplateFiles files, InstantSource clock, LongSupplier nanoTime) {
        this.data = data;
        this.files = files;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    @Override
    public String text(String template) throws DeliveryException {
        return expand(template, false);
    }

    @Override
    public String html(String template) throws DeliveryException {
        return expand(template, true);
    }

    private String expand(String text, boolean html) throws DeliveryException {
        if (text.indexOf('{') < 0) {
            return text;
        }
        Functions functions = AlertmanagerFunctions.of(clock, data.routeLabels(), html);
        try {
            Template template = Template.parse("", "", List.of(), functions);
            for (TemplateFiles.Entry file : files.entries()) {
                template = template.with(file.name(), file.text());
            }
            template = template.with("", text);
            return html
                    ? template.expandHtml(data, Map.of(), BOUNDS, nanoTime)
                    : template.expand(data, Map.of(), BOUNDS, nanoTime);
        } catch (TemplateException e) {
            throw DeliveryException.lasting(e.reason());
        }
    }
}
