package io.openuptimes.runtime.yaml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A YAML document.
 *
 * @param value maps, lists and values; aliases share objects, so do not expand it
 * @param lines line of each element of the document's list, from 1; empty if there is no list
 */
public record YamlDocument(@Nullable Object value, List<Integer> lines) {}
