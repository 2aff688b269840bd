package jp.hashimo.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import jp.hashimo.api.testing.ApiTest;
import jp.hashimo.api.testing.Call;
import jp.hashimo.api.testing.Reply;
import org.junit.jupiter.api.Test;

class OpenApiTest extends ApiTest {
    private static final Path ACCESS = Path.of("../docs/access.md");
    private static final Pattern ROW = Pattern.compile("\\| `([A-Z]+ /[^`]+)` \\|.*");

    @Test
    void the_document_the_service_serves_lists_every_call_of_the_access_table() throws IOException {
        var table = new TreeSet<String>();
        Files.readAllLines(ACCESS)
                .forEach(line -> {
                    var row = ROW.matcher(line);
                    if (row.matches()) {
                        table.add(row.group(1));
                    }
                });
        assertThat(table).isNotEmpty();

        Reply document = Call.byNobody().get("/v3/api-docs");
        assertThat(document.status()).isEqualTo(200);
        var listed = new TreeSet<String>();
        document.json()
                .at("/paths")
                .forEachEntry((path, verbs) ->
                        verbs.propertyNames()
                                .forEach(verb ->
                                        listed.add(verb.toUpperCase(Locale.ROOT) + " " + path)));
        assertThat(listed).containsAll(table);
    }

    @Test
    void no_call_asks_for_its_caller_as_if_he_were_a_field() {
        assertThat(Call.byNobody().get("/v3/api-docs").text())
                .doesNotContain("\"name\":\"caller\"")
                .doesNotContain("#/components/schemas/Caller");
    }

    @Test
    void people_can_read_it_in_a_browser() {
        Reply page = Call.byNobody().get("/swagger-ui.html");
        assertThat(page.status()).as(page.toString()).isIn(200, 302);
        assertThat(Call.byNobody().get("/swagger-ui/index.html").text()).contains("swagger-ui");
    }

    @Test
    void operations_can_see_that_it_is_up_and_how_it_does() {
        Reply health = Call.byNobody().get("/actuator/health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.at("/status")).isEqualTo("UP");
        Reply metrics = Call.byNobody().get("/actuator/prometheus");
        assertThat(metrics.status()).isEqualTo(200);
        assertThat(metrics.text()).contains("jvm_memory_used_bytes", "http_server_requests");
        assertThat(Call.byNobody().get("/actuator/env").status()).isEqualTo(404);
    }
}
