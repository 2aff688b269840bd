package jp.hashimo.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkloadTest {
    @Test
    void what_has_to_settle_is_no_part_of_what_is_measured() throws Exception {
        List<String> happened = new ArrayList<>();
        Case inserting =
                new Workload(
                        Row.FLOOR,
                        Case.Place.HERE,
                        duration -> {
                            happened.add("worked " + duration.toSeconds() + " s");
                            return Load.bulk(10, 5);
                        },
                        () -> happened.add("settled"));

        Load load = inserting.run(Duration.ofSeconds(5));

        assertThat(load).isEqualTo(Load.bulk(10, 5));
        assertThat(happened).containsExactly("worked 5 s");
        inserting.settle();
        assertThat(happened).containsExactly("worked 5 s", "settled");
    }
}
