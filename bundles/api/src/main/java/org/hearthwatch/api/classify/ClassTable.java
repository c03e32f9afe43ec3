package org.hearthwatch.api.classify;

/**
 * What is of which class. A section for each configuration, for metrics and for each log; in it lines of a class and the names
 * that have it. A name of a metric may end in a star; the longest that fits counts. Whoever adds a setting adds it here: a test
 * holds the table against all that the bundles declare.
 */
final class ClassTable {

    static final String TEXT = """
        [setting org.hearthwatch.access]
        public passwordMemory passwordIterations sessionIdle sessionLifetime proofLifetime sessionsPerUser sessionLimit
        public freeAttempts longestWait
        internal secondFactorForAdministrators
        [setting org.hearthwatch.access.oidc]
        public title scopes nameClaim groupsClaim
        sensitive issuer clientId consoleAddress roles
        secret clientSecret
        [setting org.hearthwatch.access.proxy]
        public secretHeader userHeader groupsHeader
        sensitive addresses roles
        secret secret
        [setting org.hearthwatch.alert]
        public evaluationInterval queryOffset threads resendDelay outageTolerance gracePeriod rescanInterval rulePack
        public groupWait groupInterval repeatInterval repeatUntilAcknowledged escalateAfter fallbackAfter foldFlapping
        public foldCauses causeWait
        public rateLimit deliveryDeadline linkLifetime heartbeatInterval
        internal disabledAlerts groupBy escalateTo fallback
        sensitive externalUrl forwardTo
        secret heartbeatUrl
        [setting org.hearthwatch.audit]
        public checkpointInterval segmentSize encryptFull
        [setting org.hearthwatch.backup]
        public every drillEvery keep samples encryptLogs
        internal folder recipients
        secret passphrase
        [setting org.hearthwatch.collect]
        public interval timeout threads replacementThreads maxCollectors maxSeriesPerCollector maxLabels
        public maxLabelValueLength maxBackOff
        sensitive instance
        [setting org.hearthwatch.collector.external]
        public interval timeout memory maxOutput maxSamples network secretsBy isolation
        internal job user
        sensitive command labels environment
        secret secrets
        [setting org.hearthwatch.collector.host]
        public sources sourcesOff filesystemTimeout netstatFields vmstatFields systemdRestarts systemdStartTimes
        public systemdTasks systemdTimeout cpuInfo cpuFlags cpuBugs softirqs
        internal procfs sysfs rootfs udevData systemBus textfileDirectories filesystemInclude filesystemExclude
        internal filesystemTypesInclude filesystemTypesExclude netdevInclude netdevExclude netclassInclude
        internal netclassExclude guestInterfaces diskstatsInclude diskstatsExclude hwmonChipInclude hwmonChipExclude
        internal hwmonSensorInclude hwmonSensorExclude systemdInclude systemdExclude
        [setting org.hearthwatch.http]
        public connections connectionsPerAddress connectionRate requestDeadline idleTimeout maxStreams
        sensitive hosts addresses allowedSources metricsSources pushSources
        [setting org.hearthwatch.notifier.mail]
        public tls thread html buttons chart timeout
        internal subject text
        sensitive smarthost hello from to username
        secret password
        [setting org.hearthwatch.notifier.webhook]
        public kind priorities buttons maxAlerts timeout
        internal title text
        sensitive target sender
        secret url token signingKey
        [setting org.hearthwatch.plugin]
        public maxFileSize maxFiles startTimeout stopTimeout rescanInterval trial unsigned
        [setting org.hearthwatch.prometheus]
        public maxBody maxUnpackedBody maxSamplesPerRequest samplesPerSecond maxSeriesPerSender memory patience
        internal promoteResourceAttributes
        [setting org.hearthwatch.prometheus.api]
        public adminApi
        internal snapshots
        sensitive externalLabels
        [setting org.hearthwatch.prometheus.remotewrite]
        public samplesPerSend shards timeout maxAge
        internal writeRelabel ca cert
        sensitive url externalLabels username
        secret headers password token key
        [setting org.hearthwatch.query]
        public timeout maxConcurrency maxSamples maxMemory lookback subqueryStep features engine remoteTimeout fallback
        sensitive remoteUrl remoteUsername
        secret remoteHeaders remotePassword remoteToken
        [setting org.hearthwatch.secret]
        public createAtFirstStart rotateAfter
        [setting org.hearthwatch.secret.proxmox]
        sensitive tokens
        secret keeper
        [setting org.hearthwatch.store]
        public retention retentionSize memory outOfOrderWindow futureWindow maxSeries commitInterval reserve tiers
        public tailLimit
        internal metricRetention
        [setting org.hearthwatch.transport]
        public profile egress
        internal caFiles certificate certificateKey clientCaFiles
        sensitive allow pins tls12Hosts
        secret certificateKeyPassword
        [metric]
        public hearthwatch_* jvm_* process_* scrape_* up target_* promhttp_* go_* prometheus_* ALERTS ALERTS_FOR_STATE
        internal hearthwatch_plugin_* hearthwatch_collector_* hearthwatch_egress_* hearthwatch_http_*
        sensitive hearthwatch_access_* hearthwatch_push_*
        internal node_* machine_* container_* pve_* backup_* smartctl_* probe_*
        sensitive node_dmi_info node_uname_info node_network_* node_arp_* node_systemd_* node_textfile_*
        [field audit]
        internal v seq ts role action outcome prev mac
        sensitive actor src object reason
        [field log]
        internal time level thread logger
        sensitive message
        """;

    private ClassTable() {}
}
