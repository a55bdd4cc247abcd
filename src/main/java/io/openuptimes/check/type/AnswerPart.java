package io.openuptimes.check.type;

/** The parts of an answer that conditions can test, besides its response time. */
public enum AnswerPart {
    /** {@link Observation#statusCode}. */
    STATUS_CODE,
    /** The server's certificate, {@link io.openuptimes.model.Peer#certificate}. */
    CERTIFICATE
}
