package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.OnceMessage.Kept;
import io.openuptimes.testing.Mutations;
import io.openuptimes.testing.Seed;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.Reply;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Uploaded logos and recorded responses. */
class UploadsPropertyTest {

    private static final String SVG_ROOT = "<svg xmlns='http://www.w3.org/2000/svg'>";

    @Provide
    Arbitrary<byte[]> images() {
        return Mutations.of(
                List.of(
                        SVG_ROOT + "<g a='b'><path d=\"M0 0\"/><!-- c --><?p i?><![CDATA[x]]>&lt;</g></svg>",
                        "<?xml version='1.0' encoding='UTF-8'?>" + SVG_ROOT + "</svg>",
                        "<?xml version='1.0' encoding='UTF-16'?>" + SVG_ROOT + "</svg>",
                        "\u00fe\u00ff\0<\0s\0v\0g\0/\0>",
                        "\u0089PNG\r\n\u001a\n\0\0"),
                List.of(
                        "<g>".repeat(3_000),
                        " a='1'".repeat(300),
                        "<!DOCTYPE svg [<!ENTITY a 'b'>]>",
                        "<!ENTITY",
                        "&a;",
                        "&#0;",
                        "&#x110000;",
                        "encoding='x'",
                        "encoding='UTF-7'",
                        "encoding='ISO-2022-KR'",
                        "encoding='Cp037'",
                        "xmlns:a='b'",
                        "a:b:c",
                        "<![CDATA[",
                        "]]>",
                        "<?xml ",
                        "\u00ef\u00bb\u00bf",
                        "\u00ff\u00fe",
                        "\0\0\u00fe\u00ff",
                        "x".repeat(20_000)));
    }

    @Property(tries = 2_000, seed = Seed.FIXED)
    void an_image_is_a_logo_or_a_400(
            @ForAll("images") byte[] image, @ForAll("types") String type, @ForAll boolean brokenBase64) {
        String base64 = Base64.getEncoder().encodeToString(image);
        parsesOrRefuses("data:" + type + ";base64," + (brokenBase64 ? base64.replace('A', '=') : base64));
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.of(
                LogoUpload.SVG, LogoUpload.SVG, LogoUpload.SVG, "image/png", "IMAGE/WEBP", "text/html;a=b");
    }

    @Property(tries = 1_000, seed = Seed.FIXED)
    void any_text_is_a_logo_or_a_400(@ForAll String text) {
        parsesOrRefuses(text);
        parsesOrRefuses("data:image/png;base64," + text);
    }

    private static void parsesOrRefuses(String url) {
        try {
            assertThat(LogoUpload.parse(url).version()).hasSize(16);
        } catch (ApiException refused) {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(String.valueOf(refused.getMessage()))
                    .startsWith("logo: ")
                    .hasSizeLessThan(200);
        }
    }

    @Provide
    Arbitrary<JsonObject> answers() {
        Arbitrary<String> texts = Arbitraries.of(
                "", "message", "😀".repeat(9_000), "x" + "😀".repeat(9_000), "\"\\".repeat(9_000), "ü".repeat(700));
        Arbitrary<Object> lists =
                texts.list().ofMaxSize(20).map(list -> new JsonArray(list)).map(list -> (Object) list);
        Arbitrary<Object> values = Arbitraries.oneOf(
                texts.map(text -> (Object) text), lists, Arbitraries.of(1, true, new JsonObject().put("created", 1)));
        return Arbitraries.maps(
                        Arbitraries.of("message", "problems", "warnings", "created", "service", "other"), values)
                .ofMaxSize(5)
                .map(members -> new JsonObject(members).put("counts", new JsonObject().put("created", 1)));
    }

    @Property(tries = 500, seed = Seed.FIXED)
    void a_recorded_answer_is_of_bounded_size_and_can_be_sent_again(@ForAll("answers") JsonObject body) {
        Kept kept = RecordedAnswer.of(new Reply(200, body, null));
        assertThat(Json.encode(kept.body()).getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(RecordedAnswer.MAX_BYTES);
        byte[] sent = new JsonObject(kept.body()).toBuffer().getBytes();
        assertThat(new String(sent, StandardCharsets.UTF_8)).doesNotContain("?", "\uFFFD");
    }
}
