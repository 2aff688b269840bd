package jp.hashimo.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The folder of keys and secrets, which lies outside the database so that a copy of the one is
 * worth nothing without the other. Folder 0700, files 0600; what others can read is refused.
 *
 * <p>A file is made once and never written again. Of several processes that make the same file at
 * once one wins, and all of them get the winner's content.
 */
final class KeyFolder {
    private static final Set<PosixFilePermission> FOLDER =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE =
            PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OTHERS =
            PosixFilePermissions.fromString("---rwxrwx");

    private final Path path;

    private KeyFolder(Path path) {
        this.path = path;
    }

    /** Makes the folder when there is none, and refuses one that others can read. */
    static KeyFolder open(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        try {
            Path parent = path.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            makeFolder(path);
            requirePrivate(path);
        } catch (IOException e) {
            throw new KeysUnusable("The key folder %s cannot be opened.".formatted(path), e);
        } catch (UnsupportedOperationException e) {
            throw new KeysUnusable(
                    "The key folder %s lies on a file system without owner and permissions; move it to one that has them."
                            .formatted(path),
                    e);
        }
        return new KeyFolder(path);
    }

    /**
     * The names of all finished files, in order; drafts of a start that was cut off are left out.
     */
    List<String> names() {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new KeysUnusable("The key folder %s cannot be listed.".formatted(path), e);
        }
    }

    boolean has(String name) {
        return Files.exists(path.resolve(name));
    }

    byte[] read(String name) {
        Path file = path.resolve(name);
        try {
            requirePrivate(file);
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new KeysUnusable("The key file %s cannot be read.".formatted(file), e);
        }
    }

    /** Writes {@code content} unless the file exists, and answers with what the file now holds. */
    byte[] createOnce(String name, byte[] content) {
        Path file = path.resolve(name);
        if (!Files.exists(file)) {
            Path draft = path.resolve(".%s.%s".formatted(name, UUID.randomUUID()));
            try {
                writeThrough(draft, content);
                link(draft, file);
                syncFolder();
            } catch (IOException | UnsupportedOperationException e) {
                throw new KeysUnusable("The key file %s cannot be made.".formatted(file), e);
            }
        }
        return read(name);
    }

    /** Says where a file is, for a sentence about it. */
    Path locate(String name) {
        return path.resolve(name);
    }

    // A rename would replace the file of a process that was quicker and already uses it. A hard
    // link fails instead when the name is taken, and shows the content only as a whole.
    private static void link(Path draft, Path file) throws IOException {
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // Another process was quicker: its content counts.
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void makeFolder(Path path) throws IOException {
        try {
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(FOLDER));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(path)) {
                throw e;
            }
        }
    }

    private static void writeThrough(Path file, byte[] content) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(FILE))) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /** Without it a power cut could forget the file's name after codes were signed with it. */
    private void syncFolder() throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void requirePrivate(Path path) throws IOException {
        Set<PosixFilePermission> granted = Files.getPosixFilePermissions(path);
        if (granted.stream().anyMatch(OTHERS::contains)) {
            throw new KeysUnusable(
                    "%s is open to others (%s); take it back with \"chmod go= %s\" and start again."
                            .formatted(path, PosixFilePermissions.toString(granted), path));
        }
    }
}
