package dev.signalbox;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static dev.signalbox.ArchitectureWords.PRODUCT;
import static dev.signalbox.ArchitectureWords.beUsedOnlyInTheirOwnPackage;
import static dev.signalbox.ArchitectureWords.belongToAClassAnnotatedWith;
import static dev.signalbox.ArchitectureWords.belongToAClassNamed;
import static dev.signalbox.ArchitectureWords.chanceOrIdentity;
import static dev.signalbox.ArchitectureWords.resideInAPackageAnnotatedWith;
import static dev.signalbox.ArchitectureWords.subscription;
import static dev.signalbox.ArchitectureWords.subscriptionWithoutFailureHandler;
import static dev.signalbox.ArchitectureWords.timeOfTheMachine;
import static dev.signalbox.ArchitectureWords.waitingOnAThread;

import com.google.errorprone.annotations.CheckReturnValue;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.smallrye.config.ConfigMapping;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** How code is written here, as far as compiled classes show it. The reason of each rule is in its failure message. */
class HouseRulesTest {

    @Test
    void everyPackageChecksNullsAndReturnValues() {
        classes()
                .should(resideInAPackageAnnotatedWith(NullMarked.class))
                .andShould(resideInAPackageAnnotatedWith(CheckReturnValue.class))
                .because("NullAway sees marked packages only, and a dropped Uni is work that silently never happens")
                .check(PRODUCT);
    }

    @Test
    void nobodyWaitsOnAThread() {
        noClasses()
                .that(not(belongToAClassNamed("ProcessEnd")))
                .should()
                .accessTargetWhere(waitingOnAThread())
                .because("one blocked event loop delays every request that is on it; only the end of the process waits")
                .check(PRODUCT);
    }

    @Test
    void timeChanceAndIdentityAreParameters() {
        noClasses()
                .that(not(belongToAClassNamed("RuntimeSources")))
                .should()
                .accessTargetWhere(timeOfTheMachine().or(chanceOrIdentity()))
                .because(
                        "tests set the clock and the dice; RuntimeSources is the one place that hands out the real ones")
                .check(PRODUCT);
    }

    @Test
    void onlyBackgroundWorkSubscribes() {
        noClasses()
                .that(not(belongToAClassAnnotatedWith(BackgroundWork.class)))
                .should()
                .accessTargetWhere(subscription())
                .because("whoever asked must get the outcome: return the Uni")
                .check(PRODUCT);
    }

    @Test
    void subscriptionsHandleFailures() {
        noClasses()
                .should()
                .accessTargetWhere(subscriptionWithoutFailureHandler())
                .because("a failure without a handler ends in a log line that nobody acts on")
                .check(PRODUCT);
    }

    @Test
    void nothingIsSynchronized() {
        methods()
                .should()
                .notHaveModifier(JavaModifier.SYNCHRONIZED)
                .because("a monitor that is held by one event loop stops the others")
                .check(PRODUCT);
    }

    @Test
    void dependenciesComeThroughTheConstructor() {
        noFields()
                .should()
                .beAnnotatedWith(Inject.class)
                .orShould()
                .beAnnotatedWith(ConfigProperty.class)
                .because("a class whose constructor is complete can be made in a test with new")
                .check(PRODUCT);
    }

    @Test
    void configurationIsAnInterfaceOfItsPackage() {
        classes()
                .that()
                .areAnnotatedWith(ConfigMapping.class)
                .should()
                .beInterfaces()
                .andShould()
                .haveSimpleNameEndingWith("Config")
                .andShould(beUsedOnlyInTheirOwnPackage())
                .allowEmptyShould(true)
                .because("a key whose reader is in another package has two owners")
                .check(PRODUCT);
    }

    @Test
    void namesSayWhatThingsAre() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
                .because("such a name fits everything, and so everything gets put there")
                .check(PRODUCT);
    }

    @Test
    void staticStateIsConstant() {
        fields().that()
                .areStatic()
                .should()
                .beFinal()
                .andShould()
                .notHaveRawType(Buffer.class)
                .allowEmptyShould(true)
                .because("state has an owner, and a buffer made while the native image is built does not survive in it")
                .check(PRODUCT);
    }
}
