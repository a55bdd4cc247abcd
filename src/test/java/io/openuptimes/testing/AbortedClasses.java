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
 * Reports each test of a class as skipped, with the reason, when the class cannot be set up for want of a program or an
 * engine. By itself, JUnit aborts the class, and Surefire counts none of its tests. Registered for every class in
 * {@code META-INF/services}.
 */
public final class AbortedClasses implements InvocationInterceptor, ExecutionCondition {

    private static final Namespace NAMESPACE = Namespace.create(AbortedClasses.class);

    /** The set-up of a class. */
    public interface SetUp {
        void run() throws Exception;
    }

    /** @param byExtension before any {@code @BeforeAll} method ran, so that no {@code @AfterAll} method may run either */
    private record Aborted(String reason, boolean byExtension) {}

    /** Runs the set-up in an extension's {@code beforeAll}; when it is aborted, the tests of the class are skipped. */
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
