package jp.hashimo.loadtest.measure;

import static jp.hashimo.loadtest.measure.Samples.goal;
import static jp.hashimo.loadtest.measure.Samples.round;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final List<Round> ROUNDS =
            List.of(
                    round(1, Row.ENGINE, 2, Row.FLOOR, 1, Row.RESTART, 7),
                    round(2, Row.ENGINE, 1, Row.FLOOR, 3, Row.RESTART, 8));

    private static Report report(Map<Row, String> spoilt, List<String> findings) {
        return new Report(
                "Benchmark",
                "1.0-3-gabcdef0",
                "a machine",
                Map.of("fsync", "on"),
                List.of("A note."),
                Map.of("pgledger", "no checkout was given"),
                ROUNDS,
                List.of(
                        Result.of(goal("P1"), ROUNDS, spoilt),
                        Result.of(goal("P12a"), ROUNDS, spoilt)),
                findings);
    }

    @Test
    void goals_are_written_in_the_columns_others_read() {
        assertThat(report(Map.of(), List.of()).goalsCsv(""))
                .isEqualTo(
                        """
                        goal,ratio,min,max,rounds,must,aim,better,checker
                        P1,1.1667,0.3333,2,2,1.5,4,high,clean
                        P12a,7.5,7,8,2,15,6,low,clean
                        """);
    }

    @Test
    void a_run_replaces_the_lines_of_its_own_goals_and_keeps_the_others_in_order() {
        String before =
                """
                goal,ratio,min,max,rounds,must,aim,better,checker
                P1,9,9,9,5,1.5,4,high,clean
                G1,1.1,1,1.2,5,1.3,1.3,low,"a gap, and more"
                P2,1.6,1.5,1.8,5,1,2,high,clean
                P0,1,1,1,5,1,1,high,clean
                """;

        assertThat(report(Map.of(), List.of()).goalsCsv(before))
                .isEqualTo(
                        """
                        goal,ratio,min,max,rounds,must,aim,better,checker
                        P1,1.1667,0.3333,2,2,1.5,4,high,clean
                        P2,1.6,1.5,1.8,5,1,2,high,clean
                        P12a,7.5,7,8,2,15,6,low,clean
                        G1,1.1,1,1.2,5,1.3,1.3,low,"a gap, and more"
                        """);
    }

    @Test
    void an_objection_of_several_lines_is_one_line_for_machines() {
        assertThat(report(Map.of(Row.ENGINE, "a gap\nand more"), List.of()).goalsCsv(""))
                .contains("P1,,,,0,1.5,4,high,a gap and more\n");
    }

    @Test
    void a_goal_the_checker_objects_to_has_the_objection_and_no_figure() {
        String found = "ledger \"hashimo\" has a gap, and more";

        assertThat(report(Map.of(Row.ENGINE, found), List.of(found)).goalsCsv(""))
                .contains("P1,,,,0,1.5,4,high,\"ledger \"\"hashimo\"\" has a gap, and more\"\n");
    }

    @Test
    void the_page_names_who_was_absent_and_what_the_checker_found() {
        assertThat(report(Map.of(), List.of("a gap")).markdown())
                .contains("**Absent: pgledger** — no checkout was given")
                .contains("**The checker found: a gap**")
                .contains("Revision: 1.0-3-gabcdef0")
                .contains("fsync = on");
    }

    @Test
    void every_sample_is_a_line() {
        assertThat(report(Map.of(), List.of()).samplesCsv().lines())
                .hasSize(7)
                .element(1)
                .isEqualTo(
                        "1,one INSERT per commit (floor),32,1,commits/s,1,2,0,100,50,10,5,1,0.25,");
    }
}
