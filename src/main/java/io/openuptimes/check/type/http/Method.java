package io.openuptimes.check.type.http;

/** The HTTP methods that a service can be checked with. */
public enum Method {
    GET,
    HEAD,
    POST,
    PUT,
    PATCH,
    DELETE,
    OPTIONS
}
