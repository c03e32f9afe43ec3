package org.hearthwatch.http.json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hearthwatch.api.access.Permission;
import org.hearthwatch.api.config.SettingsForms;
import org.hearthwatch.api.config.SettingsForms.Entry;
import org.hearthwatch.api.config.SettingsForms.Field;
import org.hearthwatch.api.config.SettingsForms.Form;
import org.hearthwatch.api.web.Exchange;
import org.hearthwatch.api.web.Guard;
import org.hearthwatch.api.web.HttpProblem;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.jspecify.annotations.Nullable;

/**
 * The ways to people that are set up here rather than in an {@code alertmanager.yml}: one set of settings each, with a form.
 * Only what notifies is let through to the forms, and secrets go to the vault first, so that none is in a request here.
 */
public final class ChannelRoutes implements Routes {

    private static final String NOTIFIERS = "org.hearthwatch.notifier.";
    private static final String ONE = "/api/hw/channels/{kind}/{name}";

    private final Needed<SettingsForms> forms;

    public ChannelRoutes(Needed<SettingsForms> forms) {
        this.forms = forms;
    }

    @Override
    public List<Route> routes() {
        var manage = Guard.needs(Permission.admin("manage:channels"));
        return List.of(
                Route.get("/api/hw/channels", manage, this::list),
                Route.put(ONE, manage, this::write),
                Route.delete(ONE, manage, this::delete));
    }

    private void list(Exchange exchange) throws IOException, HttpProblem {
        SettingsForms known = forms.get();
        List<Form> kinds = known.forms().stream()
                .filter(form -> form.pid().startsWith(NOTIFIERS))
                .toList();
        List<ChannelView> channels = new ArrayList<>();
        for (Form form : kinds) {
            for (Entry entry : known.entries(form.pid())) {
                channels.add(new ChannelView(kindOf(form.pid()), entry.name(), entry.settings()));
            }
        }
        Json.write(exchange, new ChannelsView(kinds.stream().map(FormView::of).toList(), channels));
    }

    private void write(Exchange exchange) throws IOException, HttpProblem {
        var body = Json.read(exchange, SettingsBody.class);
        if (body.settings() == null) {
            throw new HttpProblem(400, "The field settings is missing.");
        }
        try {
            forms.get().write(new Entry(pid(exchange), exchange.pathParameter("name"), body.settings()));
            exchange.respond(204);
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(400, String.valueOf(e.getMessage()));
        }
    }

    private void delete(Exchange exchange) throws IOException, HttpProblem {
        try {
            if (!forms.get().delete(pid(exchange), exchange.pathParameter("name"))) {
                throw new HttpProblem(404, "There is no channel of this name.");
            }
            exchange.respond(204);
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(400, String.valueOf(e.getMessage()));
        }
    }

    private static String kindOf(String pid) {
        return pid.substring(NOTIFIERS.length());
    }

    private static String pid(Exchange exchange) {
        return NOTIFIERS + exchange.pathParameter("kind");
    }

    private record SettingsBody(@Nullable Map<String, String> settings) {}

    private record ChannelsView(List<FormView> forms, List<ChannelView> channels) {}

    private record ChannelView(String kind, String name, Map<String, String> settings) {}

    private record FormView(String kind, String title, String description, List<Field> fields) {
        static FormView of(Form form) {
            return new FormView(kindOf(form.pid()), form.title(), form.description(), form.fields());
        }
    }
}
