package jp.hashimo.api.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Says that one living process works on a data folder. The operating system gives it back when that
 * process ends in whatever way, so it is never stale.
 */
final class DataFolderLock implements AutoCloseable {
    private final FileChannel channel;

    private DataFolderLock(FileChannel channel) {
        this.channel = channel;
    }

    static DataFolderLock take(Path dataDir) {
        FileChannel channel = open(dataDir);
        try {
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String holder = read(channel);
                channel.close();
                throw new StartRefused(
                        ("The data folder %s is in use by another ledger%s: stop that one, or choose another folder with"
                                        + " --ledger.data-dir=<folder>.")
                                .formatted(
                                        dataDir,
                                        holder.isBlank() ? "" : " (process " + holder + ")"));
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(
                            Long.toString(ProcessHandle.current().pid())
                                    .getBytes(StandardCharsets.US_ASCII)));
            return new DataFolderLock(channel);
        } catch (IOException e) {
            throw unusable(dataDir, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The end of the process gives the lock back in any case.
        }
    }

    private static FileChannel open(Path dataDir) {
        try {
            Files.createDirectories(dataDir);
            return FileChannel.open(
                    dataDir.resolve("ledger.lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw unusable(dataDir, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // The other one lives in this very process.
            return null;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(20);
        channel.read(buffer, 0);
        return StandardCharsets.US_ASCII.decode(buffer.flip()).toString();
    }

    private static StartRefused unusable(Path dataDir, IOException e) {
        return new StartRefused(
                "The data folder %s cannot be used (%s): choose another with --ledger.data-dir=<folder>."
                        .formatted(dataDir, e),
                e);
    }
}
