package jp.hashimo.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(
        packages = "jp.hashimo.gateway",
        importOptions = ImportOption.DoNotIncludeTests.class)
class GatewayKnowsNoFrameworkTest {
    @ArchTest
    static final ArchRule codes_and_keys_need_no_web_no_json_and_no_database =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.springframework..",
                            "tools.jackson..",
                            "com.fasterxml..",
                            "java.sql..",
                            "jakarta..");

    @ArchTest
    static final ArchRule the_time_comes_in_as_a_value =
            noClasses()
                    .should()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis");
}
