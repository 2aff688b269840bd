package jp.hashimo.ledger;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.eventsourcing.annotation.EventTags;
import org.axonframework.messaging.commandhandling.annotation.Command;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * What the business does needs the JDK and a handful of annotations, and the features stand upon
 * each other in floors.
 */
@AnalyzeClasses(
        packages = "jp.hashimo.ledger",
        importOptions = ImportOption.DoNotIncludeTests.class)
class MoneyStandsOnTheJdkAloneTest {
    private static final List<String> GROUND = List.of("money", "id", "decision");

    private static final DescribedPredicate<JavaClass> JDK_AND_ANNOTATIONS =
            resideInAnyPackage("java..", "org.jspecify..", "org.pcollections..")
                    .or(type(Event.class))
                    .or(type(EventTag.class))
                    .or(type(EventTags.class))
                    .or(type(Command.class));

    @ArchTest
    static final ArchRule money_stands_on_the_jdk_alone =
            noClasses()
                    .that()
                    .resideInAPackage("jp.hashimo.ledger.money..")
                    .should()
                    .dependOnClassesThat()
                    .resideOutsideOfPackages(
                            "java..", "org.jspecify..", "jp.hashimo.ledger.money..");

    @ArchTest static final ArchRule ids_stand_on_the_ground = standsOn("id");
    @ArchTest static final ArchRule decisions_stand_on_the_ground = standsOn("decision");
    @ArchTest static final ArchRule merchants_stand_on_the_ground = standsOn("merchant");
    @ArchTest static final ArchRule wallets_know_stores = standsOn("wallet", "merchant");

    @ArchTest
    static final ArchRule sales_know_wallets_and_not_payments =
            standsOn("campaign", "wallet", "merchant");

    @ArchTest
    static final ArchRule payments_know_wallets_and_not_sales =
            standsOn("payment", "wallet", "merchant");

    @ArchTest
    static final ArchRule the_journal_knows_them_all =
            standsOn("journal", "campaign", "payment", "wallet", "merchant");

    @ArchTest
    static final ArchRule no_feature_goes_round_in_a_circle =
            slices().matching("jp.hashimo.ledger.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobody_asks_what_time_it_is_without_a_clock =
            noClasses()
                    .should()
                    .callMethodWhere(
                            describe(
                                    "the machine's own time is asked",
                                    MoneyStandsOnTheJdkAloneTest::asksTheMachine));

    private static ArchRule standsOn(String feature, String... floors) {
        String[] allowed =
                Stream.concat(Stream.concat(GROUND.stream(), Stream.of(floors)), Stream.of(feature))
                        .map(name -> "jp.hashimo.ledger." + name + "..")
                        .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage("jp.hashimo.ledger." + feature + "..")
                .should()
                .onlyDependOnClassesThat(JDK_AND_ANNOTATIONS.or(resideInAnyPackage(allowed)));
    }

    private static boolean asksTheMachine(JavaMethodCall call) {
        CodeUnitCallTarget target = call.getTarget();
        JavaClass owner = call.getTargetOwner();
        boolean now =
                owner.getPackageName().startsWith("java.time")
                        && target.getName().equals("now")
                        && target.getRawParameterTypes().stream()
                                .noneMatch(type -> type.isEquivalentTo(Clock.class));
        boolean millis =
                owner.isEquivalentTo(System.class) && target.getName().equals("currentTimeMillis");
        boolean date = owner.isEquivalentTo(java.util.Date.class);
        return now || millis || date;
    }
}
