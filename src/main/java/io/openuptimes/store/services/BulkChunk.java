package io.openuptimes.store.services;

import io.openuptimes.store.changes.ChangeLock;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Past;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.data.StatusCodec;
import io.openuptimes.store.data.StoredJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A part of a bulk change, as it is written to the journal and then to Redis. The chunks of a change can be applied in
 * any order, and more than once.
 *
 * @param puts services to write: id and JSON
 * @param names names to assign, each with its service's id
 * @param released names to free, each with its holder's id
 * @param removed services to remove, and locations that services no longer have, each as a {@link Past}
 * @param declared ids to add to the declared services
 * @param undeclared ids to remove from the declared services
 * @param recalled ids of deleted services that can no longer be restored because new services use the ids
 */
record BulkChunk(
        List<Pair> puts,
        List<Pair> names,
        List<Pair> released,
        List<String> removed,
        List<String> declared,
        List<String> undeclared,
        List<String> recalled) {

    /** Maximum size of one command; a longer one would block Redis. */
    private static final int MAX_BYTES = 256 * 1024;
    /** Of a chunk in the journal: far beyond {@link BulkChunks#MAX_CHARACTERS} plus the longest service. */
    private static final int MAX_JSON_BYTES = 64 * 1024 * 1024;
    /** Due immediately, see {@link Forgetting}. */
    private static final int LONG_AGO = 0;

    /** Two related strings. */
    record Pair(String key, String value) {}

    /**
     * The commands in the order in which they must be sent.
     *
     * @param mark closes everything that is changed, see {@link ChangeLock}
     */
    List<Request> commands(String mark) {
        List<Request> commands = new ArrayList<>();
        byPartition(puts, Pair::key).forEach((partition, some) -> {
            List<Pair> call = new ArrayList<>();
            int bytes = 0;
            for (Pair put : some) {
                if (bytes > MAX_BYTES) {
                    commands.add(put(partition, call, mark));
                    call.clear();
                    bytes = 0;
                }
                call.add(put);
                bytes += put.value().length();
            }
            commands.add(put(partition, call, mark));
        });
        if (!names.isEmpty()) {
            commands.add(pairs(ServiceNames.call(Script.PUT_NAMES, mark), names));
        }
        if (!released.isEmpty()) {
            commands.add(pairs(ServiceNames.call(Script.RELEASE_NAMES, mark), released));
        }
        remove(commands, mark);
        if (!declared.isEmpty()) {
            commands.add(texts(Request.cmd(Command.SADD).arg(Keys.DECLARED), declared));
        }
        if (!undeclared.isEmpty()) {
            commands.add(texts(Request.cmd(Command.SREM).arg(Keys.DECLARED), undeclared));
        }
        recalled.forEach(id -> commands.add(Request.cmd(Command.DEL).arg(Keys.deleted(id))));
        return commands;
    }

    private static Request put(int partition, List<Pair> puts, String mark) {
        return pairs(ServiceStore.call(Script.PUT_SERVICES, partition, mark).arg(StatusCodec.UNCHECKED), puts);
    }

    /** Lists the pasts first; unlisted ones would never be removed. */
    private void remove(List<Request> commands, String mark) {
        if (removed.isEmpty()) {
            return;
        }
        Request list = Request.cmd(Command.ZADD).arg(Keys.DELETED);
        removed.forEach(past -> list.arg(LONG_AGO).arg(past));
        commands.add(list);
        List<String> ids =
                removed.stream().map(past -> Past.decode(past).serviceId()).toList();
        byPartition(ids, Function.identity())
                .forEach((partition, some) ->
                        commands.add(texts(ServiceStore.call(Script.REMOVE_SERVICES, partition, mark), some)));
    }

    static <T> Map<Integer, List<T>> byPartition(Collection<T> all, Function<T, String> id) {
        Map<Integer, List<T>> byPartition = new TreeMap<>();
        all.forEach(one -> byPartition
                .computeIfAbsent(Keys.partition(id.apply(one)), partition -> new ArrayList<>())
                .add(one));
        return byPartition;
    }

    private static Request pairs(Request request, List<Pair> pairs) {
        pairs.forEach(pair -> request.arg(pair.key()).arg(pair.value()));
        return request;
    }

    static Request texts(Request request, List<String> texts) {
        texts.forEach(request::arg);
        return request;
    }

    /** The journal's form. */
    Buffer encode() {
        JsonObject json = new JsonObject()
                .put("puts", array(puts))
                .put("names", array(names))
                .put("released", array(released))
                .put("removed", new JsonArray(removed))
                .put("declared", new JsonArray(declared))
                .put("undeclared", new JsonArray(undeclared))
                .put("recalled", new JsonArray(recalled));
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
            out.write(json.toBuffer().getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    /**
     * Decodes the result of {@link #encode}.
     *
     * @throws IllegalArgumentException if it is anything else; no part of a change may be left out
     */
    static BulkChunk decode(byte[] encoded) {
        return StoredJson.read(
                inflated(encoded),
                json -> new BulkChunk(
                        pairs(json, "puts"),
                        pairs(json, "names"),
                        pairs(json, "released"),
                        texts(json, "removed"),
                        texts(json, "declared"),
                        texts(json, "undeclared"),
                        texts(json, "recalled")));
    }

    private static String inflated(byte[] encoded) {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(encoded))) {
            byte[] json = in.readNBytes(MAX_JSON_BYTES + 1);
            if (json.length > MAX_JSON_BYTES) {
                throw new IllegalArgumentException("it is larger than any that is written");
            }
            return new String(json, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException("it is damaged", e);
        }
    }

    private static JsonArray array(List<Pair> pairs) {
        JsonArray array = new JsonArray();
        pairs.forEach(pair -> array.add(pair.key()).add(pair.value()));
        return array;
    }

    private static List<Pair> pairs(JsonObject json, String list) {
        List<String> texts = texts(json, list);
        if (texts.size() % 2 != 0) {
            throw new IllegalArgumentException("its list " + list + " is not one of pairs");
        }
        List<Pair> pairs = new ArrayList<>(texts.size() / 2);
        for (int i = 0; i < texts.size(); i += 2) {
            pairs.add(new Pair(texts.get(i), texts.get(i + 1)));
        }
        return pairs;
    }

    private static List<String> texts(JsonObject json, String list) {
        JsonArray array = json.getJsonArray(list);
        if (array == null || !array.stream().allMatch(String.class::isInstance)) {
            throw new IllegalArgumentException("it has no list " + list + " of texts");
        }
        return array.stream().map(String.class::cast).toList();
    }
}
