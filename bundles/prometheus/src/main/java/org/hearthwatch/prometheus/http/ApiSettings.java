package org.hearthwatch.prometheus.http;

import java.nio.file.Path;
import org.hearthwatch.api.metric.Labels;

/**
 * What an administrator can set of the API.
 *
 * @param adminApi whether samples may be deleted and copied over it, by those who have the permission
 * @param snapshots the directory that copies are made in
 * @param externalLabels added to what other Prometheus servers fetch from {@code /federate}
 */
public record ApiSettings(boolean adminApi, Path snapshots, Labels externalLabels) {}
