package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one of many entries.
 *
 * @param index of the entry, from 0
 * @param name that the entry has, null if it has none that can be shown
 * @param field that is wrong
 * @param problem with it, to be read after the field
 * @param conflict whether the entry would be good, but for what is stored
 */
public record EntryProblem(int index, @Nullable String name, String field, String problem, boolean conflict) {}
