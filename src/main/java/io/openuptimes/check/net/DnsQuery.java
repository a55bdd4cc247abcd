package io.openuptimes.check.net;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.util.concurrent.Future;
import io.openuptimes.check.net.LookupException.Reason;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A question to one name server. Ends once: with an answer, a failure, or when its time is over. */
final class DnsQuery {

    private final DnsQuestion question;
    private final Consumer<DnsAnswer> then;
    private final Future<?> timer;
    private Runnable release = () -> {};
    private boolean over;

    /**
     * @param then is told on the event loop how it ends
     */
    DnsQuery(EventLoop loop, DnsQuestion question, long timeoutMillis, Consumer<DnsAnswer> then) {
        this.question = question;
        this.then = then;
        this.timer =
                loop.schedule(() -> end(DnsAnswer.failed(Reason.SERVER_SILENT)), timeoutMillis, TimeUnit.MILLISECONDS);
    }

    DnsQuestion question() {
        return question;
    }

    boolean isOver() {
        return over;
    }

    /** Is run when the query ends, in place of what was given before. */
    void onEnd(Runnable giveBack) {
        release = giveBack;
    }

    /** Whether the response is to this question; its id is not all that a forger would have to guess. */
    boolean isAnsweredBy(DnsResponse response) {
        if (response.count(DnsSection.QUESTION) != 1) {
            return false;
        }
        DnsQuestion answered = response.recordAt(DnsSection.QUESTION);
        return answered.type().equals(question.type()) && answered.name().equalsIgnoreCase(question.name());
    }

    void answered(DnsResponse response) {
        end(DnsAnswer.of(response, question.type()));
    }

    void end(DnsAnswer answer) {
        if (!over) {
            over = true;
            timer.cancel(false);
            release.run();
            then.accept(answer);
        }
    }
}
