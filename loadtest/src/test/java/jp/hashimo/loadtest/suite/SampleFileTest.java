package jp.hashimo.loadtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import jp.hashimo.loadtest.measure.Row;
import jp.hashimo.loadtest.measure.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleFileTest {
    @Test
    void a_sample_can_be_read_before_the_run_is_over(@TempDir Path folder) throws Exception {
        try (var file = SampleFile.in(folder)) {
            file.add(new Sample(1, Row.FLOOR, 9, 0, 1, 2, 3, 4, 5, 6, 1, 0, "too slow"));

            assertThat(Files.readAllLines(folder.resolve(SampleFile.NAME)))
                    .hasSize(2)
                    .last()
                    .isEqualTo(
                            "1,one INSERT per commit (floor),32,9,commits/s,1,2,0,3,4,5,6,1,0,too slow");
        }
    }
}
