package org.hearthwatch.collector.host.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the host collector; patterns are regular expressions found anywhere in the name unless said otherwise. */
@ObjectClassDefinition(
        name = "Host collector",
        description = "This machine through /proc, /sys and systemd, under node_exporter's names")
public @interface HostConfig {

    /** The configuration's PID. */
    String PID = "org.hearthwatch.collector.host";

    @AttributeDefinition(name = "Sources", description = "Which sources run: all, or names separated by commas")
    String sources() default "all";

    @AttributeDefinition(name = "Sources off", description = "Which of them do not run: names separated by commas")
    String sourcesOff() default "";

    @AttributeDefinition(name = "procfs", description = "Where the proc file system is mounted")
    String procfs() default "/proc";

    @AttributeDefinition(name = "sysfs", description = "Where the sys file system is mounted")
    String sysfs() default "/sys";

    @AttributeDefinition(name = "rootfs", description = "Where the machine's file systems begin")
    String rootfs() default "/";

    @AttributeDefinition(name = "udev data", description = "The directory of udev's database")
    String udevData() default "/run/udev/data";

    @AttributeDefinition(name = "System bus", description = "The socket of the D-Bus system bus")
    String systemBus() default "/run/dbus/system_bus_socket";

    @AttributeDefinition(
            name = "Text file directories",
            description = "Directories of *.prom files to report, separated by commas; empty means none")
    String textfileDirectories() default "";

    @AttributeDefinition(name = "Mount points included", description = "Pattern; empty means all")
    String filesystemInclude() default "";

    @AttributeDefinition(name = "Mount points excluded", description = "Pattern; empty means none")
    String filesystemExclude() default
            "^/(dev|proc|run/credentials/.+|sys|var/lib/docker/.+|var/lib/containers/storage/.+)($|/)";

    @AttributeDefinition(name = "File system types included", description = "Pattern; empty means all")
    String filesystemTypesInclude() default "";

    @AttributeDefinition(name = "File system types excluded", description = "Pattern; empty means none")
    String filesystemTypesExclude() default
            "^(autofs|binfmt_misc|bpf|cgroup2?|configfs|debugfs|devpts|devtmpfs|fusectl|hugetlbfs|iso9660|mqueue|nsfs"
                    + "|overlay|proc|procfs|pstore|rpc_pipefs|securityfs|selinuxfs|squashfs|erofs|sysfs|tracefs)$";

    @AttributeDefinition(
            name = "Mount time-out",
            description = "Until when a mount point has to answer before it counts as stuck; 100ms to 8s")
    String filesystemTimeout() default "5s";

    @AttributeDefinition(name = "Traffic: interfaces included", description = "Pattern; empty means all")
    String netdevInclude() default "";

    @AttributeDefinition(name = "Traffic: interfaces excluded", description = "Pattern; empty means none")
    String netdevExclude() default "";

    @AttributeDefinition(name = "State: interfaces included", description = "Pattern; empty means all")
    String netclassInclude() default "";

    @AttributeDefinition(name = "State: interfaces excluded", description = "Pattern; empty means none")
    String netclassExclude() default "";

    @AttributeDefinition(
            name = "Guests' interfaces",
            description = "Whether the machine's ends of its containers' and guests' interfaces are reported too:"
                    + " veth*, tap*, fwbr*, fwpr*, fwln*, Docker's br-*")
    boolean guestInterfaces() default false;

    @AttributeDefinition(name = "Disks included", description = "Pattern; empty means all")
    String diskstatsInclude() default "";

    @AttributeDefinition(name = "Disks excluded", description = "Pattern; empty means none")
    String diskstatsExclude() default "^(z?ram|loop|fd|(h|s|v|xv)d[a-z]|nvme\\d+n\\d+p)\\d+$";

    @AttributeDefinition(name = "Protocol counters", description = "Pattern for Protocol_Field")
    String netstatFields() default
            "^(.*_(InErrors|InErrs)|Ip_Forwarding|Ip(6|Ext)_(InOctets|OutOctets)|Icmp6?_(InMsgs|OutMsgs)"
                    + "|TcpExt_(Listen.*|Syncookies.*|TCPSynRetrans|TCPTimeouts|TCPOFOQueue|TCPRcvQDrop)"
                    + "|Tcp_(ActiveOpens|InSegs|OutSegs|OutRsts|PassiveOpens|RetransSegs|CurrEstab)"
                    + "|Udp6?_(InDatagrams|OutDatagrams|NoPorts|RcvbufErrors|SndbufErrors))$";

    @AttributeDefinition(name = "Paging counters", description = "Pattern for the lines of /proc/vmstat")
    String vmstatFields() default "^(oom_kill|pgpg|pswp|pg.*fault).*";

    @AttributeDefinition(name = "Sensor chips included", description = "Pattern; empty means all")
    String hwmonChipInclude() default "";

    @AttributeDefinition(name = "Sensor chips excluded", description = "Pattern; empty means none")
    String hwmonChipExclude() default "";

    @AttributeDefinition(name = "Sensors included", description = "Pattern for chip;sensor; empty means all")
    String hwmonSensorInclude() default "";

    @AttributeDefinition(name = "Sensors excluded", description = "Pattern for chip;sensor; empty means none")
    String hwmonSensorExclude() default "";

    @AttributeDefinition(name = "Units included", description = "Pattern that the unit's whole name matches")
    String systemdInclude() default ".+";

    @AttributeDefinition(name = "Units excluded", description = "Pattern that the unit's whole name matches")
    String systemdExclude() default ".+\\.(automount|device|mount|scope|slice)";

    @AttributeDefinition(name = "Restarts", description = "Whether each service's restarts are asked for")
    boolean systemdRestarts() default false;

    @AttributeDefinition(name = "Start times", description = "Whether each unit's start time is asked for")
    boolean systemdStartTimes() default false;

    @AttributeDefinition(name = "Tasks", description = "Whether each service's tasks are asked for")
    boolean systemdTasks() default false;

    @AttributeDefinition(
            name = "systemd time-out",
            description = "Until when systemd has to answer all questions of a run; 100ms to 8s")
    String systemdTimeout() default "5s";

    @AttributeDefinition(name = "Processor information", description = "Whether node_cpu_info is reported")
    boolean cpuInfo() default true;

    @AttributeDefinition(name = "Processor features", description = "Pattern; empty means none")
    String cpuFlags() default "";

    @AttributeDefinition(name = "Processor faults", description = "Pattern; empty means none")
    String cpuBugs() default "";

    @AttributeDefinition(name = "Soft interrupts", description = "Whether node_softirqs_total is reported")
    boolean softirqs() default false;
}
