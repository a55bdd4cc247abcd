package io.openuptimes.store.services;

import io.openuptimes.model.CheckSpec.SpecText;
import io.openuptimes.model.Service;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Past;
import io.openuptimes.store.services.BulkChunk.Pair;
import io.openuptimes.store.services.ServiceStore.Change;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A bulk change in parts. Each part is created on demand, and twice: for the journal and for the change itself. All of
 * them together would take as much memory as the data they write.
 */
final class BulkChunks {

    /** Services per chunk, unless their texts are long. */
    private static final int SERVICES = 500;

    static final int MAX_CHARACTERS = 1024 * 1024;

    private final BulkPlan plan;
    private final ServiceCodec codec;
    private final List<Service> saved;
    private final Set<String> undeclared = new HashSet<>();
    private final List<Pair> released = new ArrayList<>();
    /** Locations that services no longer have. */
    private final List<String> left = new ArrayList<>();
    /** Where each chunk of services begins, and where the last one ends. */
    private final List<Integer> bounds = new ArrayList<>();

    BulkChunks(BulkPlan plan, ServiceCodec codec) {
        this.plan = plan;
        this.codec = codec;
        saved = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        List<Change> changes = plan.saved();
        for (Change change : changes) {
            saved.add(change.now());
            taken.add(change.now().name());
        }
        saved.sort(Comparator.comparingInt(service -> Keys.partition(service.id()))); // few partitions per chunk
        for (Change change : changes) {
            Service before = change.before();
            if (before != null) {
                release(before, taken);
                Past.left(before, change.now()).forEach(past -> left.add(past.encode()));
                if (before.declared() && !change.now().declared()) {
                    undeclared.add(before.id());
                }
            }
        }
        plan.deleted().forEach(service -> release(service, taken));
        divide();
    }

    private void release(Service before, Set<String> taken) {
        if (!taken.contains(before.name())) {
            released.add(new Pair(before.name(), before.id()));
        }
    }

    private void divide() {
        bounds.add(0);
        int characters = 0;
        for (int i = 0; i < saved.size(); i++) {
            Service service = saved.get(i);
            characters += characters(service);
            if (i + 1 - bounds.get(bounds.size() - 1) == SERVICES || characters > MAX_CHARACTERS) {
                bounds.add(i + 1);
                characters = 0;
            }
        }
        if (bounds.get(bounds.size() - 1) < saved.size()) {
            bounds.add(saved.size());
        }
    }

    /** Length of the texts that may be long. */
    private static int characters(Service service) {
        int characters = service.url().length() + service.description().length();
        for (SpecText text : service.spec().texts()) {
            characters += text.place().length() + text.text().length();
        }
        return characters;
    }

    int size() {
        return bounds.size()
                - 1
                + slices(released.size())
                + slices(left.size())
                + slices(plan.deleted().size());
    }

    private static int slices(int many) {
        return (many + SERVICES - 1) / SERVICES;
    }

    /** Returns the same content each time, although secrets are sealed again. */
    BulkChunk get(int index) {
        if (index < bounds.size() - 1) {
            return puts(saved.subList(bounds.get(index), bounds.get(index + 1)));
        }
        int slice = index - bounds.size() + 1;
        int releases = slices(released.size());
        if (slice < releases) {
            return new BulkChunk(
                    List.of(), List.of(), slice(released, slice), List.of(), List.of(), List.of(), List.of());
        }
        slice -= releases;
        int lefts = slices(left.size());
        return slice < lefts ? removal(slice(left, slice), List.of()) : removals(slice(plan.deleted(), slice - lefts));
    }

    private static <T> List<T> slice(List<T> all, int slice) {
        return all.subList(slice * SERVICES, Math.min(all.size(), (slice + 1) * SERVICES));
    }

    private BulkChunk puts(List<Service> services) {
        List<Pair> puts = new ArrayList<>();
        List<Pair> names = new ArrayList<>();
        List<String> declared = new ArrayList<>();
        List<String> noMore = new ArrayList<>();
        List<String> recalled = new ArrayList<>();
        for (Service service : services) {
            puts.add(new Pair(service.id(), codec.encode(service)));
            names.add(new Pair(service.name(), service.id()));
            if (service.declared()) {
                declared.add(service.id());
            } else if (undeclared.contains(service.id())) {
                noMore.add(service.id());
            }
            if (plan.givenIds().contains(service.id())) {
                recalled.add(service.id());
            }
        }
        return new BulkChunk(puts, names, List.of(), List.of(), declared, noMore, recalled);
    }

    private static BulkChunk removals(List<Service> services) {
        return removal(
                services.stream()
                        .flatMap(service -> Past.allOf(service).stream())
                        .map(Past::encode)
                        .toList(),
                services.stream().filter(Service::declared).map(Service::id).toList());
    }

    private static BulkChunk removal(List<String> pasts, List<String> undeclared) {
        return new BulkChunk(List.of(), List.of(), List.of(), pasts, List.of(), undeclared, List.of());
    }
}
