package jp.hashimo.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static List<Row> round(int number, Row... rows) {
        List<Case> cases =
                Stream.of(rows)
                        .<Case>map(row -> new Workload(row, Case.Place.HERE, _ -> Load.figure(1)))
                        .toList();
        return Turns.inOrder(number, cases).stream().map(Case::row).toList();
    }

    @Test
    void payments_to_one_store_and_to_random_stores_take_turns_in_being_first() {
        assertThat(round(1, Row.HTTP_ONE_STORE, Row.HTTP_RANDOM))
                .containsExactly(Row.HTTP_RANDOM, Row.HTTP_ONE_STORE);
        assertThat(round(2, Row.HTTP_ONE_STORE, Row.HTTP_RANDOM))
                .containsExactly(Row.HTTP_ONE_STORE, Row.HTTP_RANDOM);
        assertThat(round(3, Row.HTTP_ONE_STORE, Row.HTTP_RANDOM))
                .containsExactly(Row.HTTP_RANDOM, Row.HTTP_ONE_STORE);
    }

    @Test
    void each_keeps_its_peer_beside_it_and_all_others_keep_their_place() {
        assertThat(
                        round(
                                2,
                                Row.RESTART,
                                Row.HTTP_RANDOM,
                                Row.HTTP_ONE_STORE,
                                Row.PGLEDGER_ONE_STORE,
                                Row.PGLEDGER_RANDOM,
                                Row.FLOOR))
                .containsExactly(
                        Row.FLOOR,
                        Row.PGLEDGER_ONE_STORE,
                        Row.HTTP_ONE_STORE,
                        Row.PGLEDGER_RANDOM,
                        Row.HTTP_RANDOM,
                        Row.RESTART);
    }
}
