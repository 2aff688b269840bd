package jp.hashimo.loadtest.suite;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Whoever measures the service from outside sees what a customer's till sees, and whoever checks
 * the ledger has rules of his own.
 */
@AnalyzeClasses(
        packages = "jp.hashimo.loadtest",
        importOptions = ImportOption.DoNotIncludeTests.class)
class OnlyTheEngineKnowsOurTypesTest {
    @ArchTest
    static final ArchRule outside_the_engine_nobody_knows_a_type_of_the_ledger =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..loadtest.engine..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "jp.hashimo.ledger..", "jp.hashimo.api..", "jp.hashimo.gateway..");
}
