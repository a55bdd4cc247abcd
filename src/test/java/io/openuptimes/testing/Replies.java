package io.openuptimes.testing;

import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.BulkType;
import io.vertx.redis.client.impl.types.MultiType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Builds Redis replies without a Redis. */
public final class Replies {

    private Replies() {}

    /** The fields of a stream entry: alternating names and values. */
    public static Response fields(List<byte[]> namesAndValues) {
        return list(namesAndValues.stream()
                .<Response>map(value -> BulkType.create(Buffer.buffer(value), false))
                .toList());
    }

    /** Stream entries with these fields. */
    public static Response entries(List<Response> fields) {
        return list(fields.stream()
                .<Response>map(of -> list(List.of(text("1700000000000-0"), of)))
                .toList());
    }

    public static Response text(String text) {
        return BulkType.create(Buffer.buffer(text.getBytes(StandardCharsets.UTF_8)), false);
    }

    public static Response bulk(byte[] bytes) {
        return BulkType.create(Buffer.buffer(bytes), false);
    }

    private static Response list(List<Response> items) {
        MultiType list = MultiType.create(items.size(), false);
        items.forEach(list::add);
        return list;
    }
}
