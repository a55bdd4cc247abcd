package io.openuptimes.store.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.store.data.Keys;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeyDecisionsTest {

    /** Every new key needs a decision whether a backup contains it. */
    @Test
    void there_is_a_decision_for_each_key() {
        Stream<String> constants = Arrays.stream(Keys.class.getDeclaredFields())
                .filter(field -> Modifier.isPublic(field.getModifiers()) && field.getType() == String.class)
                .map(field -> field.getName());
        Stream<String> methods = Arrays.stream(Keys.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && method.getReturnType() == String.class)
                .map(method -> method.getName());
        Set<String> keys = Stream.concat(constants, methods).collect(Collectors.toSet());
        assertThat(KeyDecisions.ALL.keySet()).containsExactlyInAnyOrderElementsOf(keys);
    }
}
