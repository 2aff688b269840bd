package jp.hashimo.api.demo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import jp.hashimo.api.LedgerApi;
import jp.hashimo.api.config.StartRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;

class GroundCheckTest {
    @TempDir Path folder;

    @Test
    void a_real_ledger_does_not_open_its_doors_to_the_logins_of_a_demonstration() {
        DemoService.start(folder, "2023-10-02T09:00:00+09:00").close();
        assertThatThrownBy(() ->
                        SpringApplication.run(
                                LedgerApi.class, "--server.port=0", "--ledger.data-dir=" + folder))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("demonstration");
    }
}
