package io.openuptimes.web;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.openuptimes.bus.Bus;
import io.openuptimes.config.Settings;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.board.EntryJson;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.events.EventStreams;
import io.openuptimes.web.list.Lists;
import java.time.Clock;

/**
 * Dependencies shared by the endpoints of one server instance.
 *
 * @param board of this instance, as are lists and streams
 * @param access shared by all instances, as is the registry
 */
record WebContext(
        Bus bus,
        StatusBoard board,
        Lists lists,
        EventStreams streams,
        EntryJson entries,
        ChangesAnswers changes,
        Once once,
        Access access,
        Clock clock,
        PrometheusMeterRegistry registry,
        Settings settings) {

    static WebContext of(
            Bus bus,
            StatusBoard board,
            Lists lists,
            EventStreams streams,
            Access access,
            Clock clock,
            PrometheusMeterRegistry registry,
            Settings settings) {
        return new WebContext(
                bus,
                board,
                lists,
                streams,
                new EntryJson(settings.checks().interval()),
                new ChangesAnswers(board, lists, streams, access),
                new Once(bus),
                access,
                clock,
                registry,
                settings);
    }
}
