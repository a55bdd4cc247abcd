package io.openuptimes.store.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.runtime.Sha256;
import io.openuptimes.testing.Seed;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The backup file: it is read completely as written, or not at all. */
class BackupFileTest {

    private static final List<Item> ITEMS = List.of(
            Item.of(Kind.VALUE, "secrets", List.of(bytes("{}"))),
            Item.of(Kind.SET, "declared", List.of()),
            Item.of(Kind.SERVICE, bytes("id-1"), bytes("a/b ü 🚀"), bytes("{\"name\":\"a/b ü 🚀\"}")),
            Item.of(Kind.DAY, bytes("id-1"), bytes("20000"), new byte[] {(byte) 0x80, 0, 1, 2, 3}, new byte[0]),
            Item.of(Kind.PAST, bytes("id-1"), bytes("status"), new byte[0], bytes("d20000"), bytes("1 1 20")),
            Item.of(Kind.GONE, bytes("id-2")),
            Item.of(Kind.HASH, "settings", List.of(bytes("historyTtl"), bytes("604800"))),
            Item.of(Kind.ENTRY, "events", List.of(bytes("1-1"), bytes("type"), bytes("anew"))));

    @TempDir
    private Path dir;

    private static byte[] bytes(String text) {
        return Item.bytes(text);
    }

    private static void write(Path file, int format) throws IOException {
        try (BackupFileWriter writer =
                BackupFileWriter.begin(file, false, new BackupHeader(format, 1, "1.2.3", 1_700_000_000_000L))) {
            for (Item item : ITEMS) {
                writer.write(item);
            }
            assertThat(writer.finish()).isEqualTo(Files.size(file));
        }
    }

    private Path written() throws IOException {
        Path file = dir.resolve("backup");
        write(file, BackupHeader.FORMAT);
        return file;
    }

    /** Reads it as a restore does before writing anything. */
    private static List<Item> read(Path file) throws IOException {
        List<Item> items = new ArrayList<>();
        try (BackupFile opened = BackupFile.open(file)) {
            RestorePlan.of(opened);
            BackupFile.Items reading = opened.items();
            for (Item item = reading.next(); item.kind() != Kind.END; item = reading.next()) {
                items.add(item);
            }
        }
        return items;
    }

    private static void assertSame(List<Item> items) {
        assertThat(items).hasSize(ITEMS.size());
        for (int i = 0; i < items.size(); i++) {
            assertThat(items.get(i).kind()).isEqualTo(ITEMS.get(i).kind());
            assertThat(items.get(i).parts())
                    .usingElementComparator(Arrays::compare)
                    .containsExactlyElementsOf(ITEMS.get(i).parts());
        }
    }

    private List<String> filesInDir() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void what_is_written_is_read_again_and_only_the_owner_can_read_it() throws Exception {
        Path file = written();
        assertSame(read(file));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(filesInDir()).containsExactly("backup");
    }

    @Test
    void a_plan_knows_what_a_restore_must_know_before_it_begins() throws Exception {
        try (BackupFile file = BackupFile.open(written())) {
            RestorePlan plan = RestorePlan.of(file);
            assertThat(plan.services()).isZero(); // one, minus one deleted in the meantime
            assertThat(plan.days()).isEqualTo(1);
            assertThat(plan.records()).isEqualTo(ITEMS.size());
            assertThat(plan.ttlSeconds()).isEqualTo(604_800);
            assertThat(plan.has("id-1")).isTrue();
            assertThat(plan.has("id-2")).isFalse();
            assertThat(plan.has("id-2@paris")).isFalse();
        }
    }

    @Test
    void a_file_that_exists_is_replaced_only_on_request() throws Exception {
        Path file = written();
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> write(file, BackupHeader.FORMAT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exists already")
                .hasMessageContaining("--force");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);

        try (BackupFileWriter writer = BackupFileWriter.begin(file, true, new BackupHeader(1, 1, "2", 5))) {
            writer.finish();
        }
        assertThat(read(file)).isEmpty();
    }

    @Test
    void a_file_that_is_not_finished_leaves_nothing_behind() throws Exception {
        Path file = dir.resolve("backup");
        try (BackupFileWriter writer = BackupFileWriter.begin(file, false, new BackupHeader(1, 1, "2", 5))) {
            writer.write(ITEMS.get(0));
            assertThat(filesInDir()).hasSize(1).doesNotContain("backup");
        }
        assertThat(filesInDir()).isEmpty();
        assertThatThrownBy(
                        () -> BackupFileWriter.begin(dir.resolve("none/backup"), false, new BackupHeader(1, 1, "2", 5)))
                .isInstanceOf(IOException.class)
                .hasMessage("There is no directory " + dir.resolve("none"));
    }

    @Test
    void each_byte_that_differs_is_noticed() throws Exception {
        Path file = written();
        byte[] good = Files.readAllBytes(file);
        Random random = new Random(Long.parseLong(Seed.FIXED));
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bad);
            int at = i;
            assertThatThrownBy(() -> read(file))
                    .as(() -> "byte " + at)
                    .isInstanceOf(Refused.class)
                    .hasMessageStartingWith(file.toString())
                    .hasMessageEndingWith("Nothing was changed.");
        }
    }

    @Test
    void each_byte_that_is_missing_or_follows_is_noticed() throws Exception {
        Path file = written();
        byte[] good = Files.readAllBytes(file);
        for (int length = 0; length <= good.length + 1; length++) {
            if (length == good.length) {
                continue;
            }
            Files.write(file, Arrays.copyOf(good, length));
            int many = length;
            assertThatThrownBy(() -> read(file))
                    .as(() -> many + " of " + good.length + " bytes")
                    .isInstanceOf(Refused.class)
                    .hasMessageEndingWith("Nothing was changed.");
        }
    }

    @Test
    void a_newer_format_is_refused_by_name() throws Exception {
        Path file = dir.resolve("newer");
        write(file, BackupHeader.FORMAT + 1);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("was written by version 1.2.3 in format 3")
                .hasMessageContaining("reads formats up to 2");
    }

    /** With a valid checksum: only the numbers in it lie. */
    @ParameterizedTest
    @CsvSource({
        "HASH, 2147483647, 0, too many parts",
        "HASH, -1, 0, a negative number of parts",
        "SERVICE, 4, 0, more parts than a service has",
        "SET, 4194304, 0, more parts than there are data",
        "GONE, 1, 536870913, a part that is too long",
        "GONE, 1, 536870912, a part longer than the data",
        "GONE, 1, -1, a part of negative length"
    })
    void a_crafted_file_cannot_demand_memory(Kind kind, int parts, int length, String what) throws Exception {
        Path file = dir.resolve("crafted");
        MessageDigest digest = Sha256.digest();
        try (OutputStream out = Files.newOutputStream(file)) {
            OutputStream digested = new DigestOutputStream(out, digest);
            digested.write(BackupHeader.MAGIC);
            digested.write(new BackupHeader(BackupHeader.FORMAT, 1, "1.2.3", 5).encode());
            DeflaterOutputStream compressed = new DeflaterOutputStream(digested);
            DataOutputStream records = new DataOutputStream(compressed);
            records.writeByte(kind.code());
            records.writeInt(parts);
            records.writeInt(length);
            records.flush();
            compressed.finish();
            out.write(digest.digest());
        }
        assertThatThrownBy(() -> read(file))
                .as(() -> what)
                .isInstanceOf(Refused.class)
                .hasMessage(file + " is damaged or incomplete. Nothing was changed.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "OpenUptimes", "REDIS0011", "{\"services\": []}"})
    void another_file_is_refused(String content) throws Exception {
        Path file = Files.writeString(dir.resolve("other"), content);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(Refused.class)
                .hasMessage(file + " is not a backup of OpenUptimes. Nothing was changed.");
    }

    @ParameterizedTest
    @CsvSource({"none, does not exist", "., is not a file"})
    void a_name_of_no_file_is_refused(String name, String message) {
        Path file = dir.resolve(name);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(Refused.class)
                .hasMessage(file + " " + message + ". Nothing was changed.");
    }

    /** Written by the first version with backups; it must remain readable whatever the current format is. */
    @Test
    void format_1_is_read() throws Exception {
        assertSame(read(Path.of("src/test/resources/backup/format-1.backup")));
    }
}
