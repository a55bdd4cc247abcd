package io.openuptimes.model;

/** The spec of an unknown type, whose fields are the service's unknown members. */
public record UnknownSpec(String type) implements CheckSpec {}
