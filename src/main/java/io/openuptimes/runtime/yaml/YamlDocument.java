package io.openuptimes.runtime.yaml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One document.
 *
 * @param value maps, lists and values; entries may share what an anchor names, so nothing may unfold it
 * @param lines where each element of the document's list begins, from 1; empty where there is no list
 */
public record YamlDocument(@Nullable Object value, List<Integer> lines) {}
