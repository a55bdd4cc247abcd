package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/**
 * The server of a check's last connection. Only for callers with a key, because it reveals addresses and names.
 *
 * @param address IP address and port, such as {@code 192.0.2.1:443} or {@code [2001:db8::1]:443}
 * @param protocol {@code HTTP/1.0}, {@code HTTP/1.1} or {@code HTTP/2}; null before an answer
 * @param tlsVersion such as {@code TLSv1.3}; null without TLS
 * @param certificate the first presented in the check; null without TLS, before a certificate was presented, and if a
 *     session was resumed
 */
public record Peer(
        String address,
        @Nullable String protocol,
        @Nullable String tlsVersion,
        @Nullable ServerCertificate certificate) {}
