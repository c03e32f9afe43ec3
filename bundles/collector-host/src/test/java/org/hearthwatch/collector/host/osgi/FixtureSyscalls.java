package org.hearthwatch.collector.host.osgi;

import java.io.IOException;
import java.util.Optional;
import org.hearthwatch.collector.host.kernel.ClockDiscipline;
import org.hearthwatch.collector.host.kernel.FileSystemUsage;
import org.hearthwatch.collector.host.kernel.Syscalls;
import org.hearthwatch.collector.host.kernel.SystemName;

/** What the fixture machine's kernel answers. */
final class FixtureSyscalls implements Syscalls {

    @Override
    public FileSystemUsage statfs(String path) throws IOException {
        if (path.endsWith("/mnt/secret")) {
            throw new IOException("permission denied");
        }
        double blocks = 1000.0 + path.substring(path.indexOf("/root") + 5).length();
        return new FileSystemUsage(blocks * 4096, blocks * 2048, blocks * 1024, blocks, blocks / 2);
    }

    @Override
    public Optional<ClockDiscipline> adjtimex() {
        return Optional.of(new ClockDiscipline(
                0, 0x2001, -81_204, 1_204_433, 120_500, 812, 7, 10_000, 65_536, 12_000, 4, 131_072, 1, 2, 3, 4, 37));
    }

    @Override
    public SystemName uname() {
        return new SystemName(
                "Linux", "nas", "6.8.12-1-pve", "#1 SMP PREEMPT_DYNAMIC PMX 6.8.12-1", "x86_64", "(none)");
    }

    @Override
    public int pageSize() {
        return 4096;
    }

    @Override
    public boolean isNative() {
        return true;
    }
}
