package io.openuptimes.check.http;

import io.netty.handler.codec.DecoderException;

/** An answer that is not HTTP. */
final class UnreadableAnswerException extends DecoderException {

    private final String reason;

    /**
     * @param reason a few words for a person to read, in which nothing of the answer is quoted
     */
    UnreadableAnswerException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
