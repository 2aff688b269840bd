package jp.hashimo.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DatabaseLoginTest {
    @Test
    void a_login_in_the_url_wins_over_the_one_beside_it_and_leaves_the_url() {
        String url = "jdbc:postgresql://db/town?user=city&sslmode=require&password=a%26b%20c";
        assertThat(DatabaseLogin.of(url, "other", "unused"))
                .isEqualTo(
                        new DatabaseLogin(
                                "jdbc:postgresql://db/town?sslmode=require", "city", "a&b c"));
    }

    @Test
    void an_url_of_nothing_but_a_login_keeps_no_question_mark() {
        assertThat(DatabaseLogin.of("jdbc:postgresql://db/town?user=city", null, "secret"))
                .isEqualTo(new DatabaseLogin("jdbc:postgresql://db/town", "city", "secret"));
    }

    @Test
    void what_is_printed_holds_no_password() {
        DatabaseLogin login =
                DatabaseLogin.of("jdbc:postgresql://db/town?password=hidden", "city", null);
        assertThat(login).hasToString("city at jdbc:postgresql://db/town");
    }
}
