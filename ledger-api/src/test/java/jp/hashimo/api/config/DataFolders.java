package jp.hashimo.api.config;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Data folders for tests. They share the unpacked binaries, which take longer to unpack than a
 * database takes to make.
 */
final class DataFolders {
    private static final Path BINARIES = Path.of("target", "postgres-binaries").toAbsolutePath();

    private DataFolders() {}

    static LedgerSettings in(Path folder) throws IOException {
        PrivateFiles.createPrivateFolder(BINARIES);
        try {
            Files.createSymbolicLink(folder.resolve("postgres-binaries"), BINARIES);
        } catch (FileAlreadyExistsException e) {
            // The folder is used a second time.
        }
        return new LedgerSettings(folder, new LedgerSettings.Database(null, null));
    }
}
