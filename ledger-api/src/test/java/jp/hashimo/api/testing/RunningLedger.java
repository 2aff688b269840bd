package jp.hashimo.api.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import jp.hashimo.api.LedgerApi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.util.FileSystemUtils;

/**
 * The service as a city would start it, once for all tests of a run: on a free port, with a data
 * folder and a PostgreSQL of its own. Tests share its ledger, so each makes its own people.
 */
public final class RunningLedger implements BeforeAllCallback {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(RunningLedger.class);

    /** What runs until the last test is over. */
    private record Service(Path folder, Phones phones, ConfigurableApplicationContext context)
            implements AutoCloseable {

        @Override
        public void close() throws IOException {
            context.close();
            phones.close();
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static volatile @Nullable Service service;

    @Override
    public void beforeAll(ExtensionContext context) {
        service =
                context.getRoot()
                        .getStore(NAMESPACE)
                        .computeIfAbsent(Service.class, _ -> start(), Service.class);
    }

    static <T> T bean(Class<T> type) {
        return running().context().getBean(type);
    }

    static <T> T bean(String name, Class<T> type) {
        return running().context().getBean(name, type);
    }

    static String url(String path) {
        return "http://localhost:"
                + bean(Environment.class).getProperty("local.server.port")
                + path;
    }

    private static Service running() {
        return Objects.requireNonNull(service, "a test of the API extends ApiTest");
    }

    private static Service start() {
        try {
            Path folder = Files.createTempDirectory("hashimo-api-test");
            var phones = new Phones();
            var context =
                    SpringApplication.run(
                            new Class<?>[] {LedgerApi.class, Statements.class},
                            new String[] {
                                "--server.port=0",
                                "--ledger.sms-gateway=" + phones.url(),
                                "--ledger.data-dir=" + folder.resolve("data")
                            });
            return new Service(folder, phones, context);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
