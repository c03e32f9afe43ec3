package org.hearthwatch.benchmarks.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is asked: the four questions every store is measured by, and a page such as the dashboard Node Exporter Full. */
final class Page {

    private static final String RATE = "[5m]";
    private static final String HOST = "{instance=\"node-1.example:9100\",job=\"exporter\"";

    private Page() {}

    /** A question: where, and with which parameters. */
    record Question(String name, String path, Map<String, String> parameters) {}

    /** @param end of the data, in seconds */
    static List<Question> questions(long end) {
        var all = new ArrayList<Question>();
        all.add(instant("q1 newest of all, full JSON", "{job=\"node\"}", end));
        all.add(instant("q2 one series, 24 h, raw", "{mid=\"17\",instance=\"host-0.example:9100\"}[24h]", end));
        all.add(range("q3 sum of 6 series a host, 6 h, step 60", "sum({mid=~\"1|2|3|4|5|6\"})", end, 21_600, 60));
        all.add(instant("q4 rate of all over 1 h", "rate({job=\"node\"}[1h])", end));
        for (String query : dashboard()) {
            all.add(range(query, query, end, 10_800, 15));
        }
        return all;
    }

    private static List<String> dashboard() {
        String host = HOST + "}";
        return List.of(
                "100 * (1 - avg(rate(node_cpu_seconds_total" + HOST + ",mode=\"idle\"}" + RATE + ")))",
                "sum by (mode) (irate(node_cpu_seconds_total" + host + RATE
                        + ")) / on () group_left () count(count by (cpu) (node_cpu_seconds_total" + host + "))",
                "sum by (instance) (rate(node_cpu_seconds_total{mode!=\"idle\"}" + RATE + "))",
                "avg by (instance, mode) (rate(node_cpu_seconds_total" + RATE + "))",
                "topk(5, sum by (instance) (rate(node_cpu_seconds_total{mode=\"user\"}" + RATE + ")))",
                "count(count by (cpu) (node_cpu_seconds_total" + host + "))",
                "(1 - node_memory_MemAvailable_bytes" + host + " / node_memory_MemTotal_bytes" + host + ") * 100",
                "node_memory_MemTotal_bytes" + host + " - node_memory_MemFree_bytes" + host
                        + " - (node_memory_Cached_bytes" + host + " + node_memory_Buffers_bytes" + host
                        + " + node_memory_SReclaimable_bytes" + host + ")",
                "((node_memory_SwapTotal_bytes - node_memory_SwapFree_bytes) / node_memory_SwapTotal_bytes) * 100",
                "sum(node_memory_MemTotal_bytes - node_memory_MemAvailable_bytes)",
                "100 - node_filesystem_avail_bytes" + host + " * 100 / node_filesystem_size_bytes" + host,
                "max by (instance, mountpoint) (1 - node_filesystem_avail_bytes / node_filesystem_size_bytes)",
                "min by (mountpoint) (node_filesystem_files_free / node_filesystem_files)",
                "rate(node_disk_reads_completed_total" + host + RATE + ")",
                "irate(node_disk_written_bytes_total" + host + RATE + ")",
                "rate(node_disk_io_time_seconds_total" + RATE + ")",
                "rate(node_disk_read_time_seconds_total" + host + RATE + ") / rate(node_disk_reads_completed_total"
                        + host + RATE + ")",
                "sum by (instance) (rate(node_disk_read_bytes_total" + RATE + ") + rate(node_disk_written_bytes_total"
                        + RATE + "))",
                "rate(node_network_receive_bytes_total" + host + RATE + ") * 8",
                "sum by (instance) (rate(node_network_receive_bytes_total{device!=\"lo\"}" + RATE + ")) * 8",
                "sum by (device) (increase(node_network_transmit_packets_total[1h]))",
                "max_over_time(node_load1[1h])",
                "avg_over_time(node_memory_MemAvailable_bytes[30m])",
                "node_load1" + host,
                "rate(node_context_switches_total" + host + RATE + ")",
                "predict_linear(node_filesystem_avail_bytes{mountpoint=\"/\"}[1h], 4 * 3600)",
                "quantile(0.9, rate(node_intr_total" + RATE + "))",
                "avg by (job) (up)");
    }

    private static Question instant(String name, String query, long at) {
        return new Question(name, "/api/v1/query", new TreeMap<>(Map.of("query", query, "time", Long.toString(at))));
    }

    private static Question range(String name, String query, long end, long seconds, long step) {
        return new Question(
                name,
                "/api/v1/query_range",
                new TreeMap<>(Map.of(
                        "query",
                        query,
                        "start",
                        Long.toString(end - seconds),
                        "end",
                        Long.toString(end),
                        "step",
                        Long.toString(step))));
    }
}
