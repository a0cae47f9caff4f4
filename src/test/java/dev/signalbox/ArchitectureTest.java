package dev.signalbox;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.signalbox.ArchitectureWords.PRODUCT;
import static dev.signalbox.ArchitectureWords.belongToAClassNamed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may know whom. The reason of each rule is in its failure message. */
class ArchitectureTest {

    private static final String ROOT = "dev.signalbox";
    private static final String OPERATIONS = "admin|health";
    private static final String FEATURES = "models|chat|threads|premium|subscribers|usage|gateway";
    private static final String MECHANISMS = "cache|ratelimit|records|articles";
    private static final String LINK = "redis";
    private static final String EDGES = "http|origin";
    private static final String GROUND = "environment|disk";

    @Test
    void dependenciesGoDownOnly() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("operations")
                .definedBy(packages(OPERATIONS))
                .layer("features")
                .definedBy(packages(FEATURES))
                .layer("mechanisms")
                .definedBy(packages(MECHANISMS))
                .layer("link")
                .definedBy(packages(LINK))
                .layer("edges")
                .definedBy(packages(EDGES))
                .layer("ground")
                .definedBy(packages(GROUND))
                .whereLayer("operations")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("features")
                .mayOnlyBeAccessedByLayers("operations")
                .whereLayer("mechanisms")
                .mayOnlyBeAccessedByLayers("operations", "features")
                .whereLayer("link")
                .mayOnlyBeAccessedByLayers("operations", "mechanisms")
                .whereLayer("edges")
                .mayOnlyBeAccessedByLayers("operations", "features", "mechanisms")
                .whereLayer("ground")
                .mayNotAccessAnyLayer()
                .as("dependencies go down only")
                .because("a part is understood by reading what lies below it, and a feature reaches Redis only through"
                        + " a mechanism that knows what to do without it")
                .check(PRODUCT);
    }

    @ParameterizedTest
    @ValueSource(strings = {OPERATIONS, FEATURES, MECHANISMS, EDGES})
    void packagesOfOneLayerDoNotSeeEachOther(String layer) {
        slices().matching(packages(layer))
                .should()
                .notDependOnEachOther()
                .ignoreDependency(resideInAPackage(packages("threads")), resideInAPackage(packages("premium|usage")))
                .because("a part that can be deleted by deleting its folder stays a part; only a generated thread is"
                        + " charged and counted elsewhere")
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    @Test
    void everyPackageIsOnTheMap() {
        classes()
                .should()
                .resideInAnyPackage(
                        ROOT, packages(String.join("|", OPERATIONS, FEATURES, MECHANISMS, LINK, EDGES, GROUND)))
                .because("a package outside the layers would escape the rules about them")
                .check(PRODUCT);
    }

    @Test
    void theRootKnowsNoPackage() {
        noClasses()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".*..")
                .because("every package may use the root's words")
                .check(PRODUCT);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching(ROOT + ".(**)")
                .should()
                .beFreeOfCycles()
                .because("packages in a cycle are one package that is hard to read")
                .check(PRODUCT);
    }

    @Test
    void onlyTheLinkKnowsARedisClient() {
        noClasses()
                .that()
                .resideOutsideOfPackage(packages(LINK))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.redis..", "io.vertx.mutiny.redis..", "io.quarkus.redis..")
                .because("deadline, circuit and epoch hold only for commands that go through the link")
                .check(PRODUCT);
    }

    @Test
    void onlyTheEdgeKnowsJaxRs() {
        noClasses()
                .that()
                .resideOutsideOfPackage(packages("http"))
                .and(not(belongToAClassNamed(".*(Resource|Filter)")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ws.rs..")
                .because("a decision that knows HTTP statuses cannot be used or tested without HTTP")
                .check(PRODUCT);
    }

    @Test
    void onlyMetersKnowMicrometer() {
        noClasses()
                .that(not(belongToAClassNamed("Instrumented.*|.*(Metrics|Meters|MeterFilter|Producer)")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.micrometer..")
                .because(
                        "names and tags of meters are a contract with one owner per mechanism; a producer hands the registry on")
                .check(PRODUCT);
    }

    @Test
    void enginesAreHiddenBehindTheirMechanism() {
        classes()
                .that(resideInAPackage(packages(MECHANISMS)))
                .and()
                .haveNameMatching(".*\\.(Redis|Local|Fallback|Instrumented)[A-Z]\\w*")
                .should()
                .notBePublic()
                .allowEmptyShould(true)
                .because("engines are exchanged without anybody above noticing")
                .check(PRODUCT);
    }

    private static String packages(String names) {
        return ROOT + ".(" + names + ")..";
    }
}
