package io.openuptimes.model;

/** The spec of a type that this version does not know; the fields of the type are the service's unknown members. */
public record UnknownSpec(String type) implements CheckSpec {}
