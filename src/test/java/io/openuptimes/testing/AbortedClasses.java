package io.openuptimes.testing;

import java.lang.reflect.Method;
import java.util.Objects;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Reports each test of a class as skipped, with the reason, if the class cannot be set up because a program or the
 * Docker engine is missing. By default, JUnit aborts the whole class and Surefire counts none of its tests. Registered
 * for all classes in {@code META-INF/services}.
 */
public final class AbortedClasses implements InvocationInterceptor, ExecutionCondition {

    private static final Namespace NAMESPACE = Namespace.create(AbortedClasses.class);

    /** The setup of a class. */
    public interface SetUp {
        void run() throws Exception;
    }

    /**
     * @param byExtension whether it aborted before any {@code @BeforeAll} method, so that {@code @AfterAll} must not
     *     run
     */
    private record Aborted(String reason, boolean byExtension) {}

    /** Runs the setup in an extension's {@code beforeAll}; if it aborts, the tests of the class are skipped. */
    public static void setUp(ExtensionContext context, SetUp setUp) throws Exception {
        if (find(context) != null) {
            return;
        }
        try {
            setUp.run();
        } catch (TestAbortedException e) {
            skip(context, e, true);
        }
    }

    private static void skip(ExtensionContext context, TestAbortedException e, boolean byExtension) {
        String reason = Objects.requireNonNullElse(e.getMessage(), "set-up aborted");
        context.getStore(NAMESPACE).put(Aborted.class, new Aborted(reason, byExtension));
    }

    private static Aborted find(ExtensionContext context) {
        return context.getStore(NAMESPACE).get(Aborted.class, Aborted.class);
    }

    @Override
    public void interceptBeforeAllMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        if (find(context) != null) {
            invocation.skip();
            return;
        }
        try {
            invocation.proceed();
        } catch (TestAbortedException e) {
            skip(context, e, false);
        }
    }

    @Override
    public void interceptAfterAllMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        Aborted aborted = find(context);
        if (aborted != null && aborted.byExtension()) {
            invocation.skip();
        } else {
            invocation.proceed();
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Aborted aborted = find(context);
        return aborted == null
                ? ConditionEvaluationResult.enabled("set up")
                : ConditionEvaluationResult.disabled(aborted.reason());
    }
}
