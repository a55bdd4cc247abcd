package io.openuptimes.check.type.http;

import io.netty.handler.codec.DecoderException;

/** The answer is not HTTP. */
final class UnreadableAnswerException extends DecoderException {

    private final String reason;

    /**
     * @param reason short text for people that quotes nothing of the answer
     */
    UnreadableAnswerException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
