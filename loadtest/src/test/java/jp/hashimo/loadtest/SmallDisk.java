package jp.hashimo.loadtest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Assumptions;

/** A file system of its own that is small enough to be full. */
record SmallDisk(Path folder) implements AutoCloseable {
    private static final int LARGEST_BLOCK = 1 << 20;
    private static final int SMALLEST_BLOCK = 1 << 12;

    /**
     * Mounts one on a folder. Where that is not allowed the test is left out, and says so.
     *
     * @param megabytes in memory
     */
    static SmallDisk of(Path folder, int megabytes) throws IOException {
        Files.createDirectories(folder);
        int status =
                run(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "size=" + megabytes + "m",
                        "tmpfs",
                        folder.toString());
        if (status != 0) {
            String why =
                    "Left out: a full disk needs the right to mount a small file system (root).";
            System.out.println(why);
            Assumptions.abort(why);
        }
        return new SmallDisk(folder);
    }

    /** Takes all there is, to the last page. */
    void fill() throws IOException {
        for (int block = LARGEST_BLOCK; block >= SMALLEST_BLOCK; block /= 16) {
            try (OutputStream out =
                    Files.newOutputStream(
                            folder.resolve("filler"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND)) {
                while (true) {
                    out.write(new byte[block]);
                }
            } catch (IOException full) {
                // This is the point of it.
            }
        }
        if (folder.toFile().getUsableSpace() > LARGEST_BLOCK) {
            throw new IOException(folder + " is not full");
        }
    }

    void free() throws IOException {
        Files.deleteIfExists(folder.resolve("filler"));
    }

    @Override
    public void close() throws IOException {
        int status = run("umount", "-l", folder.toString());
        if (status != 0) {
            throw new IOException(folder + " cannot be unmounted");
        }
    }

    private static int run(String... command) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        return process.onExit().join().exitValue();
    }
}
