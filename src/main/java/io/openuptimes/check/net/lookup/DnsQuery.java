package io.openuptimes.check.net.lookup;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.util.concurrent.Future;
import io.openuptimes.check.net.lookup.LookupException.Reason;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A query to one name server. Ends exactly once: with an answer, a failure, or a timeout. */
final class DnsQuery {

    private final DnsQuestion question;
    private final Consumer<DnsAnswer> then;
    private final Future<?> timer;
    private Runnable release = () -> {};
    private boolean over;

    /**
     * @param then called on the event loop when the query ends
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

    /** Sets the callback for the query's end, replacing any earlier one. */
    void onEnd(Runnable giveBack) {
        release = giveBack;
    }

    /** Returns whether the response matches this question, so that forging one takes more than guessing the ID. */
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
