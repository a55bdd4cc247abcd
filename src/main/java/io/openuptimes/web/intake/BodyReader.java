package io.openuptimes.web.intake;

import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.JsonBody;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole request body, up to a limit, for {@link JsonBody} to parse. Add it to a route after
 * {@link Intake#opening}.
 */
public final class BodyReader implements Handler<RoutingContext> {

    public static final int MAX_BYTES = JsonBody.MAX_BYTES;

    @Override
    public void handle(RoutingContext context) {
        IncomingBody body = IncomingBody.of(context);
        Blocks blocks = new Blocks(body.held());
        body.read(MAX_BYTES, new IncomingBody.Sink() {
            @Override
            public @Nullable Refusal take(Buffer chunk) {
                return blocks.add(chunk);
            }

            @Override
            public void end() {
                body.releaseWhenAnswered();
                ((RoutingContextInternal) context).setBody(Buffer.buffer(blocks.drain()));
                context.next();
            }

            @Override
            public void failed(ApiException error) {
                context.fail(error);
            }
        });
    }
}
