package io.openuptimes.check.net.lookup;

import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.openuptimes.check.net.lookup.LookupException.Reason;
import io.openuptimes.check.net.lookup.Resolver.Listener;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks up one name for all checks that currently want it. Queries both families at once without letting one wait long
 * for the other (RFC 8305, section 3): IPv6 addresses are reported on arrival, IPv4 addresses when the IPv6 query ends
 * or after {@value #RESOLUTION_DELAY_MS} ms. Later addresses follow in a second report.
 */
final class NameLookup {

    static final long RESOLUTION_DELAY_MS = 50;

    /** Maximum seconds to cache one family's addresses if the other could not be resolved. */
    private static final long MAX_PARTIAL_TTL_S = 30;

    /** Characters, including the trailing dot (RFC 1035, section 2.3.4). */
    private static final int MAX_NAME = 254;

    private final DnsClient client;
    private final ResolvConf conf;
    private final SearchPlan plan;
    private final Consumer<NameLookup> ended;
    private final Set<Listener> listeners = new LinkedHashSet<>();
    private final List<InetAddress> addresses = new ArrayList<>();

    private int at;
    private int unanswered;
    private int told;
    private long ttl = Long.MAX_VALUE;
    /** Of the name being queried; {@code worst} covers all names so far. */
    private @Nullable Throwable failure;

    private @Nullable Throwable worst;

    /**
     * @param name with a trailing dot to skip the search list
     * @param ended called before the listeners
     */
    NameLookup(DnsClient client, ResolvConf conf, String name, Consumer<NameLookup> ended) {
        this.client = client;
        this.conf = conf;
        this.plan = SearchPlan.of(name, conf);
        this.ended = ended;
    }

    /** Found so far. */
    List<InetAddress> addresses() {
        return addresses;
    }

    /** Seconds for which the whole result may be cached; meaningless without addresses. */
    long ttl() {
        return failure == null || isAnswer(failure) ? ttl : Math.min(ttl, MAX_PARTIAL_TTL_S);
    }

    /** Adds a listener and reports the addresses already reported to others. */
    void tell(Listener listener) {
        listeners.add(listener);
        if (told > 0) {
            listener.found(List.copyOf(addresses.subList(0, told)), false);
        }
    }

    /** Removes a listener that needs no more addresses. */
    void forget(Listener listener) {
        listeners.remove(listener);
    }

    void start() {
        failure = null;
        unanswered = 2;
        ask(plan.names().get(at), DnsRecordType.AAAA);
        ask(plan.names().get(at), DnsRecordType.A);
    }

    private void ask(String name, DnsRecordType type) {
        if (name.length() > MAX_NAME) { // a server would reject it as malformed
            answered(type, DnsAnswer.failed(Reason.NO_SUCH_NAME));
            return;
        }
        DefaultDnsQuestion question;
        try {
            question = new DefaultDnsQuestion(name, type);
        } catch (IllegalArgumentException e) { // an empty label or one of more than 63 characters
            answered(type, DnsAnswer.failed(Reason.NO_SUCH_NAME));
            return;
        }
        client.ask(conf, question, answer -> answered(type, answer));
    }

    private void answered(DnsRecordType type, DnsAnswer answer) {
        unanswered--;
        if (answer.failure() != null) {
            failure = failure == null ? answer.failure() : LookupException.worse(failure, answer.failure());
        } else {
            addresses.addAll(answer.addresses());
            ttl = Math.min(ttl, answer.ttl());
        }
        if (unanswered == 0) {
            bothAnswered();
        } else if (answer.failure() == null && type.equals(DnsRecordType.AAAA)) {
            tellMore();
        } else if (answer.failure() == null) {
            var unused = client.loop().schedule(this::tellMore, RESOLUTION_DELAY_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void bothAnswered() {
        if (!addresses.isEmpty()) {
            end(listener -> listener.found(List.copyOf(addresses.subList(told, addresses.size())), true));
            return;
        }
        Throwable why = failure == null ? new LookupException(Reason.NO_ADDRESS, null) : failure;
        if (worst == null || !plan.asItIsFirst()) { // keep the failure of the name itself if it was tried first
            worst = worst == null ? why : LookupException.worse(worst, why);
        }
        at = plan.after(at, why);
        if (at < plan.names().size()) {
            start();
        } else {
            Throwable all = worst;
            end(listener -> listener.failed(all));
        }
    }

    private void tellMore() {
        if (unanswered > 0 && told < addresses.size()) {
            List<InetAddress> more = List.copyOf(addresses.subList(told, addresses.size()));
            told = addresses.size();
            List.copyOf(listeners).forEach(listener -> listener.found(more, false));
        }
    }

    private void end(Consumer<Listener> tell) {
        ended.accept(this);
        List<Listener> waiting = List.copyOf(listeners);
        listeners.clear();
        waiting.forEach(tell);
    }

    private static boolean isAnswer(Throwable failure) {
        return failure instanceof LookupException lookup && !lookup.reason().ofResolver();
    }
}
