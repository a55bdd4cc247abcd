package io.openuptimes.check.type;

/** What conditions can ask of an answer, besides its time. */
public enum AnswerPart {
    /** {@link Observation#statusCode}. */
    STATUS_CODE,
    /** The server's certificate, {@link io.openuptimes.model.Peer#certificate}. */
    CERTIFICATE
}
