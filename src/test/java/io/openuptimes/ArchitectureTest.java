package io.openuptimes;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.vertx.core.Deployable;
import java.util.stream.Stream;

/** Allowed dependencies between packages. The package-info files describe their purposes. */
@AnalyzeClasses(packages = "io.openuptimes", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /**
     * {@code model <- health <- bus <- {check, store, declare, web} <- cli <- the top}; settings may be used
     * everywhere.
     */
    @ArchTest
    static final ArchRule packages_know_only_those_below_them = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.openuptimes..")
            .ensureAllClassesAreContainedInArchitecture()
            .layer("top")
            .definedBy("io.openuptimes")
            .layer("cli")
            .definedBy("io.openuptimes.cli..")
            .layer("check")
            .definedBy("io.openuptimes.check..")
            .layer("store")
            .definedBy("io.openuptimes.store..")
            .layer("declare")
            .definedBy("io.openuptimes.declare..")
            .layer("web")
            .definedBy("io.openuptimes.web..")
            .layer("bus")
            .definedBy("io.openuptimes.bus..")
            .layer("health")
            .definedBy("io.openuptimes.health..")
            .layer("model")
            .definedBy("io.openuptimes.model..")
            .layer("config")
            .definedBy("io.openuptimes.config..")
            .layer("runtime")
            .definedBy("io.openuptimes.runtime..")
            .whereLayer("top")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("cli")
            .mayOnlyBeAccessedByLayers("top")
            .whereLayer("check")
            .mayOnlyBeAccessedByLayers("cli", "top")
            .whereLayer("store")
            .mayOnlyBeAccessedByLayers("cli", "top")
            .whereLayer("declare")
            .mayOnlyBeAccessedByLayers("cli", "top")
            .whereLayer("web")
            .mayOnlyBeAccessedByLayers("cli", "top")
            .whereLayer("bus")
            .mayOnlyBeAccessedByLayers("check", "store", "declare", "web", "cli", "top")
            .whereLayer("model")
            .mayOnlyBeAccessedByLayers("config", "health", "bus", "check", "store", "declare", "web", "cli", "top")
            .whereLayer("health")
            .mayOnlyBeAccessedByLayers("bus", "check", "store")
            .whereLayer("config")
            .mayOnlyBeAccessedByLayers("check", "store", "declare", "web", "cli", "top");

    @ArchTest
    static final ArchRule parts_of_the_web_do_not_go_in_circles =
            slices().matching("io.openuptimes.(web..)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule parts_of_the_store_do_not_go_in_circles =
            slices().matching("io.openuptimes.(store..)").should().beFreeOfCycles();

    /** They know the connection to Redis and its data formats, but no services, results or changes. */
    @ArchTest
    static final ArchRule nodes_share_the_work_and_know_nothing_of_it =
            knowNothingOfTheStoreBut("nodes", "format", "link", "data", "changes", "feature");

    @ArchTest
    static final ArchRule how_changes_are_made_does_not_depend_on_what_is_changed =
            knowNothingOfTheStoreBut("changes", "link", "data");

    @ArchTest
    static final ArchRule the_format_does_not_depend_on_the_data =
            knowNothingOfTheStoreBut("format", "changes", "link", "data", "feature");

    @ArchTest
    static final ArchRule services_know_nothing_of_their_results =
            knowNothingOfTheStoreBut("services", "changes", "secrets", "link", "data", "feature");

    @ArchTest
    static final ArchRule encryption_does_not_depend_on_what_is_encrypted =
            knowNothingOfTheStoreBut("secrets", "link", "data");

    @ArchTest
    static final ArchRule results_are_written_whoever_checks_and_whatever_else_is_stored =
            knowNothingOfTheStoreBut("results", "link", "data", "changes", "feature");

    @ArchTest
    static final ArchRule backups_know_how_things_are_stored_and_nothing_of_how_they_change =
            knowNothingOfTheStoreBut("backup", "format", "secrets", "link", "data");

    @ArchTest
    static final ArchRule the_model_is_plain_java = classes()
            .that()
            .resideInAPackage("io.openuptimes.model..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            "io.openuptimes.model..", "io.openuptimes.runtime..", "java..", "org.jspecify.annotations")
                    .or(resideInAPackage("com.ibm.icu.text")));

    /** ICU's tables are slow to load, and the jar contains only the part this class needs. */
    @ArchTest
    static final ArchRule one_class_knows_icu = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.openuptimes.model.InternationalName")
            .should()
            .dependOnClassesThat(resideInAPackage("com.ibm.icu.."));

    @ArchTest
    static final ArchRule settings_need_nothing_of_ours_but_the_model_and_the_yaml_reader = noClasses()
            .that()
            .resideInAPackage("io.openuptimes.config..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.openuptimes..")
                    .and(resideOutsideOfPackages(
                            "io.openuptimes.config..", "io.openuptimes.model..", "io.openuptimes.runtime.yaml..")));

    @ArchTest
    static final ArchRule tools_need_nothing_of_ours = noClasses()
            .that()
            .resideInAPackage("io.openuptimes.runtime..")
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("io.openuptimes..").and(resideOutsideOfPackages("io.openuptimes.runtime..")));

    @ArchTest
    static final ArchRule features_share_the_link_and_the_order_of_changes =
            knowNothingOfTheStoreBut("feature", "changes", "link", "data");

    @ArchTest
    static final ArchRule the_event_stream_knows_services_and_not_its_readers =
            knowNothingOfTheStoreBut("events", "services", "changes", "link", "data", "feature");

    @ArchTest
    static final ArchRule history_knows_the_services =
            knowNothingOfTheStoreBut("history", "services", "changes", "link", "data", "feature");

    @ArchTest
    static final ArchRule sign_in_reports_to_the_event_stream_and_the_audit_log =
            knowNothingOfTheStoreBut("access", "events", "audit", "changes", "link", "data", "feature");

    @ArchTest
    static final ArchRule the_audit_log_does_not_depend_on_its_subjects =
            knowNothingOfTheStoreBut("audit", "link", "data", "changes", "feature");

    @ArchTest
    static final ArchRule the_site_is_a_few_settings =
            knowNothingOfTheStoreBut("site", "changes", "link", "data", "feature");

    @ArchTest
    static final ArchRule idempotency_records_do_not_depend_on_the_requests =
            knowNothingOfTheStoreBut("once", "changes", "link", "data", "feature");

    /** Like the verticle, commands assemble other parts. */
    @ArchTest
    static final ArchRule nothing_in_the_store_depends_on_commands = noClasses()
            .that()
            .resideInAPackage("io.openuptimes.store..")
            .and()
            .resideOutsideOfPackage("io.openuptimes.store.command..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.openuptimes.store.command.."));

    @ArchTest
    static final ArchRule one_package_reads_the_command_line = noClasses()
            .that()
            .resideOutsideOfPackage("io.openuptimes.cli..")
            .should()
            .dependOnClassesThat(resideInAPackage("picocli.."));

    @ArchTest
    static final ArchRule the_ways_to_redis_know_nothing_of_what_is_kept = knowNothingOfTheStoreBut("link");

    @ArchTest
    static final ArchRule what_redis_holds_knows_nothing_of_who_works_with_it = knowNothingOfTheStoreBut("data");

    /** The classes of a part of the store may depend only on it and on the given other parts. */
    private static ArchRule knowNothingOfTheStoreBut(String part, String... others) {
        return noClasses()
                .that()
                .resideInAPackage("io.openuptimes.store." + part + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.openuptimes.store..")
                        .and(resideOutsideOfPackages(Stream.concat(Stream.of(part), Stream.of(others))
                                .map(name -> "io.openuptimes.store." + name + "..")
                                .toArray(String[]::new))));
    }

    /** Only {@code App} creates connection options, from the settings. */
    @ArchTest
    static final ArchRule only_the_store_talks_to_redis = noClasses()
            .that()
            .resideOutsideOfPackage("io.openuptimes.store..")
            .and()
            .doNotBelongToAnyOf(App.class)
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.vertx.redis..", "redis.embedded.."));

    @ArchTest
    static final ArchRule only_the_web_serves_http = noClasses()
            .that()
            .resideOutsideOfPackage("io.openuptimes.web..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.vertx.ext.web", "io.vertx.ext.web.handler.."));

    @ArchTest
    static final ArchRule only_the_checks_send_requests = noClasses()
            .that()
            .resideOutsideOfPackage("io.openuptimes.check.type.http..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.vertx.ext.web.client.."));

    /** Internals may change without notice. */
    @ArchTest
    static final ArchRule one_class_of_the_checks_uses_internals_of_vertx_http = noClasses()
            .that()
            .resideInAPackage("io.openuptimes.check..")
            .and()
            .haveNameNotMatching("io\\.openuptimes\\.check\\.type\\.http\\.FreshConnections(\\$.*)?")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.vertx.core.http.impl..", "io.vertx.core.net.impl.."));

    /** The rest of a check uses only the API of {@code WebClient}. */
    @ArchTest
    static final ArchRule checks_leave_the_wire_to_a_few_classes = noClasses()
            .that()
            .resideInAPackage("io.openuptimes.check..")
            .and()
            .haveNameNotMatching(
                    "io\\.openuptimes\\.check\\.type\\.http\\.(FreshConnections|AnswerDecoder|AnswerHeaders|ChunkedBody|StreamReset)(\\$.*)?")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.netty.handler.codec.http..", "io.netty.handler.codec.http2.."));

    @ArchTest
    static final ArchRule tls_of_checks_knows_no_application_protocol = noClasses()
            .that()
            .resideInAPackage("io.openuptimes.check.net.tls..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.openuptimes.check..")
                    .and(resideOutsideOfPackages("io.openuptimes.check.net.tls..")));

    /** A type needs only a package of its own and a line in {@code META-INF/services}. */
    @ArchTest
    static final ArchRule the_network_of_checks_knows_no_check_type = noClasses()
            .that()
            .resideInAPackage("io.openuptimes.check.net..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.openuptimes.check..")
                    .and(resideOutsideOfPackages("io.openuptimes.check.net..")));

    @ArchTest
    static final ArchRule the_network_of_checks_knows_no_http = noClasses()
            .that()
            .resideInAPackage("io.openuptimes.check.net..")
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("io.vertx.core.http..", "io.vertx.ext.web..", "io.netty.handler.codec.http.."));

    @ArchTest
    static final ArchRule no_class_names_the_package_of_a_check_type = noClasses()
            .that()
            .resideOutsideOfPackage("io.openuptimes.check.type.*..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.openuptimes.check.type.*.."));

    @ArchTest
    static final ArchRule check_types_know_nothing_of_each_other =
            slices().matching("io.openuptimes.check.type.(*)..").should().notDependOnEachOther();

    /** Except for the reports of its counters. */
    @ArchTest
    static final ArchRule the_schedule_knows_probers_but_not_the_network = noClasses()
            .that()
            .resideInAPackage("io.openuptimes.check")
            .and()
            .doNotHaveFullyQualifiedName("io.openuptimes.check.CheckReports")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.openuptimes.check.net..", "io.netty.."));

    @ArchTest
    static final ArchRule verticles_are_named_so =
            classes().that().areAssignableTo(Deployable.class).should().haveSimpleNameEndingWith("Verticle");

    @ArchTest
    static final ArchRule handlers_of_requests_are_in_the_web = classes()
            .that()
            .haveSimpleNameEndingWith("Handler")
            .or()
            .haveSimpleNameEndingWith("Handlers")
            .should()
            .resideInAPackage("io.openuptimes.web..");

    @ArchTest
    static final ArchRule the_log_is_slf4j = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule only_the_logging_knows_logback = noClasses()
            .that()
            .doNotBelongToAnyOf(Logging.class)
            .should()
            .dependOnClassesThat(resideInAnyPackage("ch.qos.logback.."));

    @ArchTest
    static final ArchRule only_programs_write_to_the_console =
            noClasses().that().doNotBelongToAnyOf(Main.class, Healthcheck.class).should(ACCESS_STANDARD_STREAMS);
}
