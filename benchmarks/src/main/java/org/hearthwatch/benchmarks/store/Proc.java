package org.hearthwatch.benchmarks.store;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;

/** What the kernel says of a process and a folder. */
public final class Proc {

    private static final double TICKS = 100;

    private Proc() {}

    static double cpuSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    }

    /** Bytes handed to the disk, as the kernel accounts them: what was deleted before it got there is not among them. */
    static long writtenBytes(long pid) throws IOException {
        return line("/proc/" + pid + "/io", "write_bytes:");
    }

    static double residentMegabytes(long pid) throws IOException {
        return line("/proc/" + pid + "/status", "VmRSS:") / 1024.0;
    }

    static double mostResidentMegabytes(long pid) throws IOException {
        return line("/proc/" + pid + "/status", "VmHWM:") / 1024.0;
    }

    private static long line(String file, String name) throws IOException {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The sum of the lengths of all files; those that go meanwhile are left out. */
    static long size(Path folder) throws IOException {
        var sum = new long[1];
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                sum[0] += attributes.size();
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        return sum[0];
    }

    public static void removeAll(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
