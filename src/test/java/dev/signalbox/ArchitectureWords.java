package dev.signalbox;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.groups.MultiSubscribe;
import io.smallrye.mutiny.groups.UniSubscribe;
import io.vertx.core.Future;
import java.lang.annotation.Annotation;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Date;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** What the rules say and ArchUnit has no word for. A use is a call or a method reference. */
final class ArchitectureWords {

    /** Everything we ship, generated classes of Quarkus aside. */
    static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.signalbox");

    private static final String CONSTRUCTOR = "<init>";

    private ArchitectureWords() {}

    /** Nested and anonymous classes count as the class of their file. */
    static DescribedPredicate<JavaClass> belongToAClassNamed(String pattern) {
        return describe(
                "belong to a class named " + pattern,
                type -> outermost(type).getSimpleName().matches(pattern));
    }

    static DescribedPredicate<JavaClass> belongToAClassAnnotatedWith(Class<? extends Annotation> annotation) {
        return describe(
                "belong to a class annotated with @" + annotation.getSimpleName(),
                type -> outermost(type).isAnnotatedWith(annotation));
    }

    static ArchCondition<JavaClass> resideInAPackageAnnotatedWith(Class<? extends Annotation> annotation) {
        return new ArchCondition<>("reside in a package annotated with @" + annotation.getSimpleName()) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                var satisfied = type.getPackage().isAnnotatedWith(annotation);
                events.add(new SimpleConditionEvent(type, satisfied, type.getDescription() + " has no such package"));
            }
        };
    }

    /** Includes the interfaces nested in a configuration, which carry groups of its keys. */
    static ArchCondition<JavaClass> beUsedOnlyInTheirOwnPackage() {
        return new ArchCondition<>("be used only in their own package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getPackage().getClasses().stream()
                        .filter(part -> outermost(part).equals(type))
                        .flatMap(part -> part.getDirectDependenciesToSelf().stream())
                        .forEach(use -> events.add(new SimpleConditionEvent(
                                use,
                                use.getOriginClass().getPackage().equals(type.getPackage()),
                                use.getDescription())));
            }
        };
    }

    static DescribedPredicate<JavaAccess<?>> waitingOnAThread() {
        return use(Uni.class, "await", "awaitUsing")
                .or(use(Future.class, "await"))
                .or(use(CompletableFuture.class, "get", "join"))
                .or(use(MultiSubscribe.class, "asIterable", "asStream"))
                .or(use(Thread.class, "sleep", "join"))
                .as("use what waits on a thread");
    }

    /** What is given a clock, such as {@code LocalDate.now(clock)}, is not the machine's time. */
    static DescribedPredicate<JavaAccess<?>> timeOfTheMachine() {
        return use(System.class, "nanoTime", "currentTimeMillis")
                .or(use(
                        Clock.class,
                        "system",
                        "systemUTC",
                        "systemDefaultZone",
                        "tickMillis",
                        "tickSeconds",
                        "tickMinutes"))
                .or(use(InstantSource.class, "system"))
                .or(use(Date.class, CONSTRUCTOR))
                .or(describe(
                        "java.time's now()",
                        access -> access.getTargetOwner().getPackageName().equals("java.time")
                                && access.getName().equals("now")
                                && parameters(access).noneMatch(Clock.class.getName()::equals)));
    }

    static DescribedPredicate<JavaAccess<?>> chanceOrIdentity() {
        return use(Random.class, CONSTRUCTOR)
                .or(use(SplittableRandom.class, CONSTRUCTOR))
                .or(use(ThreadLocalRandom.class, "current"))
                .or(use(RandomGenerator.class, "getDefault", "of"))
                .or(use(Math.class, "random"))
                .or(use(UUID.class, "randomUUID"));
    }

    static DescribedPredicate<JavaAccess<?>> subscription() {
        return use(Uni.class, "subscribe", "subscribeAsCompletionStage").or(use(Multi.class, "subscribe"));
    }

    /** A subscriber of its own class has a failure method by type; {@code with} takes the handler as an argument. */
    static DescribedPredicate<JavaAccess<?>> subscriptionWithoutFailureHandler() {
        return describe(
                "subscribing without a failure handler",
                access -> use(UniSubscribe.class, "with")
                                .or(use(MultiSubscribe.class, "with"))
                                .test(access)
                        && consumers(access) < 2);
    }

    private static DescribedPredicate<JavaAccess<?>> use(Class<?> owner, String... names) {
        var members = Set.of(names);
        return describe(
                owner.getSimpleName() + " " + String.join(", ", names),
                access -> members.contains(access.getName())
                        && access.getTargetOwner().isAssignableTo(owner));
    }

    private static long consumers(JavaAccess<?> access) {
        return parameters(access).filter(Consumer.class.getName()::equals).count();
    }

    private static Stream<String> parameters(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget target
                ? target.getRawParameterTypes().stream().map(JavaClass::getName)
                : Stream.empty();
    }

    private static JavaClass outermost(JavaClass type) {
        var outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }
}
