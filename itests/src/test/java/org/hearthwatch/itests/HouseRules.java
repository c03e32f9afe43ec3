package org.hearthwatch.itests;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URL;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import org.hearthwatch.api.net.Egress;
import org.hearthwatch.api.secret.Secret;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which way the arrows run, and what nobody does in this house. docs/architecture.md says why. */
class HouseRules {

    private static final String HOUSE = "org.hearthwatch..";
    private static final String API = "org.hearthwatch.api..";
    private static final String OSGI = "org.hearthwatch..osgi..";
    private static final List<String> ENGINES =
            List.of("collect", "store", "query", "alert", "secret", "access", "audit", "agent");

    private static JavaClasses all;

    @BeforeAll
    static void read_the_compiled_bundles() {
        all = Bundles.allClasses();
    }

    @TestFactory
    Stream<DynamicTest> a_bundle_sees_no_other_bundle_but_the_api() {
        return Bundles.shipped().values().stream()
                .map(bundle -> dynamicTest(
                        bundle.name(),
                        () -> noClasses()
                                .should()
                                .dependOnClassesThat(resideInAPackage(HOUSE)
                                        .and(DescribedPredicate.not(
                                                resideInAnyPackage(API, bundle.rootPackage() + ".."))))
                                .check(bundle.javaClasses())));
    }

    @TestFactory
    Stream<DynamicTest> a_bundle_keeps_to_its_own_package() {
        return Bundles.shipped().values().stream()
                .map(bundle -> dynamicTest(
                        bundle.name(),
                        () -> noClasses()
                                .should()
                                .resideOutsideOfPackage(bundle.rootPackage() + "..")
                                .check(bundle.javaClasses())));
    }

    @TestFactory
    Stream<DynamicTest> engines_are_plain_java_outside_their_osgi_package() {
        return Bundles.shipped().values().stream()
                .filter(bundle -> ENGINES.contains(bundle.name()))
                .map(bundle -> dynamicTest(
                        bundle.name(),
                        () -> noClasses()
                                .that()
                                .resideOutsideOfPackage(OSGI)
                                .should()
                                .dependOnClassesThat(resideInAPackage("org.osgi..")
                                        .and(DescribedPredicate.not(resideInAnyPackage(
                                                "org.osgi.annotation..",
                                                "org.osgi.service.component.annotations..",
                                                "org.osgi.service.metatype.annotations.."))))
                                .check(bundle.javaClasses())));
    }

    /** Metatype documents of plugins, read without DTDs and external entities, are all the XML there is. */
    @Test
    void one_class_reads_xml() {
        noClasses()
                .that()
                .haveNameNotMatching("org\\.hearthwatch\\.collector\\.runtime\\.doctor\\.Schema(\\$.*)?")
                .should()
                .dependOnClassesThat(resideInAnyPackage("javax.xml..", "org.w3c.dom..", "org.xml.sax.."))
                .check(all);
    }

    /** What is given to a logger or a format as a secret would be one no longer, were it not for this. */
    @Test
    void a_secret_shows_nothing_of_itself() {
        assertThat(Secret.of("canary").toString()).doesNotContain("canary");
        assertThat(String.format("%s", Secret.of("canary"))).doesNotContain("canary");
    }

    @Test
    void threads_begin_in_osgi_packages() {
        noClasses()
                .that()
                .resideOutsideOfPackage(OSGI)
                .should()
                .callConstructorWhere(DescribedPredicate.describe(
                        "it makes a thread", call -> call.getTargetOwner().isAssignableTo(Thread.class)))
                .orShould()
                .dependOnClassesThat(
                        DescribedPredicate.describe("it is Executors", type -> type.isEquivalentTo(Executors.class)))
                .check(all);
    }

    @Test
    void time_is_a_parameter() {
        noClasses()
                .that()
                .resideOutsideOfPackage(OSGI)
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(InstantSource.class, "system")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .check(all);
    }

    @Test
    void nobody_writes_to_the_terminal_but_the_shell() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.hearthwatch.shell..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(all);
    }

    @TestFactory
    Stream<DynamicTest> a_foreign_library_has_one_home() {
        return Stream.of(
                onlyIn("org.hearthwatch.http..", "jakarta.servlet.."),
                onlyIn("org.hearthwatch.http..", "org.eclipse.jetty.."),
                onlyIn("org.hearthwatch.shell..", "org.apache.karaf.."),
                onlyIn("org.hearthwatch.prometheus..", "io.prometheus.."),
                onlyIn("org.hearthwatch.nowhere..", "javax.servlet.."),
                onlyIn("org.hearthwatch.nowhere..", "java.util.logging.."));
    }

    private static DynamicTest onlyIn(String home, String library) {
        return dynamicTest(
                library,
                () -> noClasses()
                        .that()
                        .resideOutsideOfPackage(home)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(library)
                        .check(all));
    }

    @Test
    void packages_make_no_circles() {
        slices().matching("org.hearthwatch.(**)").should().beFreeOfCycles().check(all);
    }

    @TestFactory
    Stream<DynamicTest> a_bundle_that_opens_connections_asks_the_gate() {
        return Bundles.shipped().values().stream()
                .filter(bundle -> bundle.javaClasses().stream().anyMatch(HouseRules::opensConnections))
                .map(bundle -> dynamicTest(
                        bundle.name(),
                        () -> assertThat(bundle.javaClasses().stream()
                                        .anyMatch(type -> type.getDirectDependenciesFromSelf().stream()
                                                .anyMatch(to ->
                                                        to.getTargetClass().isEquivalentTo(Egress.class))))
                                .as("depends on Egress")
                                .isTrue()));
    }

    private static boolean opensConnections(JavaClass type) {
        return type.getAccessesFromSelf().stream().anyMatch(call -> {
            JavaClass owner = call.getTargetOwner();
            return owner.isAssignableTo(HttpClient.class)
                    || owner.isEquivalentTo(HttpURLConnection.class)
                    || (owner.isEquivalentTo(URL.class) && call.getName().equals("openConnection"))
                    || (owner.isEquivalentTo(Socket.class)
                            && (call.getName().equals("<init>")
                                    || call.getName().equals("connect")));
        });
    }

    @Test
    void whom_we_talk_to_is_checked_in_one_place() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.hearthwatch.transport..")
                .should()
                .beAssignableTo(X509TrustManager.class)
                .orShould()
                .beAssignableTo(HostnameVerifier.class)
                .orShould()
                .callMethodWhere(DescribedPredicate.describe(
                        "it makes a TLS context",
                        call -> call.getTargetOwner().isEquivalentTo(SSLContext.class)
                                && call.getName().equals("getInstance")))
                .check(all);
    }

    @Test
    void names_say_what_a_thing_is() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)(\\$.*)?")
                .orShould()
                .resideInAPackage("..util..")
                .check(all);
    }

    @Test
    void every_package_says_that_nothing_in_it_is_null() {
        var unmarked = all.stream()
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .map(JavaClass::getPackage)
                .distinct()
                .filter(HouseRules::isUnmarked)
                .map(JavaPackage::getName);

        assertThat(unmarked).as("packages without @NullMarked").isEmpty();
    }

    private static boolean isUnmarked(JavaPackage folder) {
        return folder.tryGetPackageInfo()
                .filter(info -> info.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                .isEmpty();
    }
}
