package io.openuptimes.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class AbortedClassesTest {

    private static final String REASON = "no such program here";

    private static final List<String> CALLS = new ArrayList<>();

    static class AbortedByItsSetUp {

        @BeforeAll
        static void start() {
            abort(REASON);
        }

        @AfterAll
        static void stop() {
            CALLS.add("stop");
        }

        @BeforeEach
        void prepare() {
            CALLS.add("prepare");
        }

        @Test
        void once() {
            CALLS.add("once");
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void with(int number) {
            CALLS.add("with " + number);
        }
    }

    static class AbortedByAnExtension {

        @RegisterExtension
        @Order(1)
        static final BeforeAllCallback first = context -> AbortedClasses.setUp(context, () -> abort(REASON));

        @RegisterExtension
        @Order(2)
        static final BeforeAllCallback second = context -> AbortedClasses.setUp(context, () -> CALLS.add("second"));

        @BeforeAll
        static void start() {
            CALLS.add("start");
        }

        @AfterAll
        static void stop() {
            CALLS.add("stop");
        }

        @Test
        void once() {
            CALLS.add("once");
        }
    }

    static class BrokenSetUp {

        @BeforeAll
        static void start() {
            fail("broken");
        }

        @Test
        void once() {
            CALLS.add("once");
        }
    }

    static class NotAborted {

        @RegisterExtension
        static final BeforeAllCallback extension = context -> AbortedClasses.setUp(context, () -> CALLS.add("set up"));

        @BeforeAll
        static void start() {
            CALLS.add("start");
        }

        @Test
        void once() {
            CALLS.add("once");
        }
    }

    /** Runs a class and returns the outcome of each method, or of the class itself if it failed. */
    private static Map<String, String> run(Class<?> testClass) {
        CALLS.clear();
        Map<String, String> outcomes = new TreeMap<>();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(testClass))
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionSkipped(TestIdentifier test, String reason) {
                                outcomes.put(test.getLegacyReportingName(), reason);
                            }

                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                if (test.isTest() || result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                                    outcomes.put(
                                            test.getLegacyReportingName(),
                                            result.getStatus().toString());
                                }
                            }
                        });
        return outcomes;
    }

    @Test
    void everyTestOfAClassWhoseSetUpIsAbortedIsSkippedWithTheReason() {
        assertThat(run(AbortedByItsSetUp.class)).isEqualTo(Map.of("once()", REASON, "with(int)", REASON));
        assertThat(CALLS).as("stopped, since it may have started in part").containsExactly("stop");
    }

    @Test
    void everyTestOfAClassThatAnExtensionCannotSetUpIsSkippedAndNothingElseOfItRuns() {
        assertThat(run(AbortedByAnExtension.class)).isEqualTo(Map.of("once()", REASON));
        assertThat(CALLS).isEmpty();
    }

    @Test
    void aSetUpThatFailsIsAFailure() {
        assertThat(run(BrokenSetUp.class)).containsValue("FAILED").doesNotContainKey("once()");
        assertThat(CALLS).isEmpty();
    }

    @Test
    void otherClassesRun() {
        assertThat(run(NotAborted.class)).isEqualTo(Map.of("once()", "SUCCESSFUL"));
        assertThat(CALLS).containsExactly("set up", "start", "once");
    }
}
