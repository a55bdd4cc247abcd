package io.openuptimes.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Valid inputs with some bytes changed, which get further into a parser than random ones. */
public final class Mutations {

    private static final int MOST_CHANGES = 6;
    private static final int MOST_REPEATS = 200;
    private static final byte[] ODD = {
        0, '\t', '\n', '\r', ' ', '"', '%', '-', '0', '9', ':', '<', '{', 0x7F, -1, -62, -19
    };

    private final Random random;
    private final List<byte[]> seeds;
    private final List<byte[]> tokens;

    private Mutations(Random random, List<byte[]> seeds, List<byte[]> tokens) {
        this.random = random;
        this.seeds = seeds;
        this.tokens = tokens;
    }

    /**
     * One of the inputs, mutated in two thirds of the cases.
     *
     * @param seeds valid inputs, in Latin-1
     * @param tokens strings meaningful to the parser, in Latin-1
     */
    public static Arbitrary<byte[]> of(List<String> seeds, List<String> tokens) {
        return ofBytes(bytes(seeds), tokens);
    }

    /** The same for binary inputs. */
    public static Arbitrary<byte[]> ofBytes(List<byte[]> seeds, List<String> tokens) {
        List<byte[]> words = bytes(tokens);
        return Arbitraries.randomValue(random -> new Mutations(random, seeds, words).next());
    }

    private static List<byte[]> bytes(List<String> texts) {
        return texts.stream()
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    private byte[] next() {
        byte[] bytes = one(seeds).clone();
        int changes = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes; i++) {
            bytes = changed(bytes);
        }
        return bytes;
    }

    private byte[] changed(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + random.nextInt(16));
        byte[] before = Arrays.copyOf(bytes, from);
        byte[] after = Arrays.copyOfRange(bytes, to, bytes.length);
        byte[] between = Arrays.copyOfRange(bytes, from, to);
        return switch (random.nextInt(7)) {
            case 0 -> joined(before, after);
            case 1 -> before;
            case 2 -> joined(before, one(tokens), after);
            case 3 -> joined(before, between, one(tokens), after);
            case 4 -> joined(before, repeated(between), after);
            case 5 -> joined(before, between, Arrays.copyOfRange(bytes, from, bytes.length));
            default -> {
                byte[] changed = bytes.clone();
                if (from < changed.length) {
                    changed[from] = random.nextBoolean() ? ODD[random.nextInt(ODD.length)] : (byte) random.nextInt();
                }
                yield changed;
            }
        };
    }

    private byte[] repeated(byte[] part) {
        byte[][] parts = new byte[1 + random.nextInt(MOST_REPEATS)][];
        Arrays.fill(parts, part);
        return joined(parts);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private byte[] one(List<byte[]> list) {
        return list.get(random.nextInt(list.size()));
    }
}
