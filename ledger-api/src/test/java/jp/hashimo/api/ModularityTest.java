package jp.hashimo.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

/** The packages are modules: no two of them need each other. */
class ModularityTest {
    private static final String PICTURES = "target/modules";

    private final ApplicationModules modules = ApplicationModules.of(LedgerApi.class);

    @Test
    void no_module_needs_one_that_needs_it() {
        modules.verify();
    }

    @Test
    void the_modules_can_be_drawn() {
        new Documenter(modules, Documenter.Options.defaults().withOutputFolder(PICTURES))
                .writeModulesAsPlantUml();
        assertThat(Path.of(PICTURES, "components.puml")).isNotEmptyFile();
    }
}
