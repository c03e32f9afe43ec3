package org.hearthwatch.http.osgi;

import java.util.List;
import java.util.stream.Stream;
import org.hearthwatch.api.access.SshKeys;
import org.hearthwatch.api.alert.AlertDesk;
import org.hearthwatch.api.alert.Routing;
import org.hearthwatch.api.audit.AuditTrail;
import org.hearthwatch.api.config.SettingsForms;
import org.hearthwatch.api.security.PromiseBook;
import org.hearthwatch.api.security.SecurityProfiles;
import org.hearthwatch.api.web.Route;
import org.hearthwatch.api.web.Routes;
import org.hearthwatch.http.json.AuditRoutes;
import org.hearthwatch.http.json.ChannelRoutes;
import org.hearthwatch.http.json.ProfileRoutes;
import org.hearthwatch.http.json.RoutingRoutes;
import org.hearthwatch.http.json.SshKeyRoutes;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The JSON API of alerting and of what guards the house. */
@Component(service = Routes.class)
public final class HouseApiComponent implements Routes {

    private final AtHand services;

    @Activate
    public HouseApiComponent(BundleContext context) {
        services = new AtHand(context);
    }

    @Deactivate
    void deactivate() {
        services.close();
    }

    @Override
    public List<Route> routes() {
        return Stream.of(
                        new RoutingRoutes(
                                services.needed("delivery of alerts", Routing.class),
                                services.needed("delivery of alerts", AlertDesk.class)),
                        new ChannelRoutes(services.needed("appliance's own monitoring", SettingsForms.class)),
                        new AuditRoutes(services.needed("audit log", AuditTrail.class)),
                        new SshKeyRoutes(services.needed("access service", SshKeys.class)),
                        new ProfileRoutes(
                                services.needed("transport bundle", SecurityProfiles.class),
                                services.needed("transport bundle", PromiseBook.class)))
                .flatMap(each -> each.routes().stream())
                .toList();
    }
}
