package jp.hashimo.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevisionTest {
    @TempDir Path checkout;

    @BeforeEach
    void has_one_commit() throws IOException {
        git("init", "--quiet");
        Files.writeString(checkout.resolve("code"), "one");
        git("add", "code");
        git("-c", "user.name=n", "-c", "user.email=e", "commit", "--quiet", "-m", "first");
    }

    private void git(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git", "-C", checkout.toString()));
        command.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(command).inheritIO().start().onExit().join().exitValue())
                .isZero();
    }

    @Test
    void a_work_tree_that_was_changed_says_so() throws IOException {
        assertThat(Revision.of(checkout)).matches("[0-9a-f]{7,}");

        Files.writeString(checkout.resolve("code"), "two");

        assertThat(Revision.of(checkout)).matches("[0-9a-f]{7,}-dirty");
    }

    @Test
    void a_bare_git_directory_will_do() {
        assertThat(Revision.of(checkout.resolve(".git"))).isEqualTo(Revision.of(checkout));
    }

    @Test
    void a_folder_that_merely_lies_in_a_checkout_has_none() throws IOException {
        assertThat(Revision.of(Files.createDirectory(checkout.resolve("copy"))))
                .isEqualTo("unknown");
    }
}
