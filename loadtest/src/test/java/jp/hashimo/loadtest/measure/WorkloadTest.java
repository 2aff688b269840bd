package jp.hashimo.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkloadTest {
    @Test
    void what_follows_is_no_part_of_the_work() throws Exception {
        List<String> happened = new ArrayList<>();
        Case inserting =
                new Workload(
                        Row.FLOOR,
                        Case.Place.HERE,
                        duration -> {
                            happened.add("worked " + duration.toSeconds() + " s");
                            return Load.bulk(10, 5);
                        },
                        () -> happened.add("drained"),
                        () -> happened.add("settled"));

        Load load = inserting.run(Duration.ofSeconds(5));

        assertThat(load).isEqualTo(Load.bulk(10, 5));
        assertThat(happened).containsExactly("worked 5 s");
        inserting.drain();
        inserting.settle();
        assertThat(happened).containsExactly("worked 5 s", "drained", "settled");
    }
}
