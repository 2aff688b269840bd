package jp.hashimo.api.config;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;

/** Another process that holds a data folder, confirms one payment, and then waits to be killed. */
final class LedgerElsewhere {
    private LedgerElsewhere() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedPostgresServer server =
                EmbeddedPostgresServer.start(DataFolders.in(Path.of(arguments[0])));
        try (Connection connection = server.owner().open();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE confirmed (points bigint)");
            statement.execute("INSERT INTO confirmed VALUES (700)");
        }
        System.out.println("confirmed");
        System.in.read();
    }
}
