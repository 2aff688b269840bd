package jp.hashimo.loadtest.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import jp.hashimo.loadtest.Program.Start;
import org.junit.jupiter.api.Test;

class NotesTest {
    private static String notes(Start start) {
        return String.join("\n", Notes.of(Options.parse(List.of("full")), start));
    }

    @Test
    void the_reader_is_told_whether_the_service_had_been_rehearsed() {
        assertThat(notes(Start.REHEARSED))
                .contains("with an AOT cache")
                .doesNotContain("without an");
        assertThat(notes(Start.UNREHEARSED)).contains("without an AOT cache");
    }

    @Test
    void the_reader_is_told_what_even_a_full_run_does_not_measure() {
        assertThat(notes(Start.NEVER))
                .contains("Not measured yet")
                .contains("P6 (sale rush)", "P9 (bulk jobs)", "G9 (settlement draft)");
    }

    @Test
    void of_a_service_that_took_no_part_there_is_nothing_to_tell() {
        assertThat(notes(Start.NEVER)).doesNotContain("AOT");
    }
}
