package org.hearthwatch.api.web;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** What is served at this moment, so that who may ask for what can be shown and checked. Thread-safe. */
@ProviderType
public interface ServedRoutes {

    List<Route> routes();
}
