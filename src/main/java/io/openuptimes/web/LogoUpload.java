package io.openuptimes.web;

import io.openuptimes.model.Logo;
import io.openuptimes.runtime.Sha256;
import io.openuptimes.web.http.Errors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** An uploaded logo: a data: URL whose content must match its declared type. Invalid uploads are a 400. */
final class LogoUpload {

    static final int MAX_BYTES = 100_000;

    static final String SVG = "image/svg+xml";

    private static final String FIELD = "logo";
    private static final String SVG_NAMESPACE = "http://www.w3.org/2000/svg";
    private static final Pattern DATA_URL =
            Pattern.compile("data:([a-z0-9.+/-]+)(?:;[a-z0-9=-]+)?;base64,(.*)", Pattern.CASE_INSENSITIVE);

    /** Leading bytes of each file type, in hexadecimal; a dot matches any digit. */
    private static final Map<String, List<Pattern>> BEGINNINGS = Map.of(
            "image/png", beginnings("89504e470d0a1a0a"),
            "image/jpeg", beginnings("ffd8ff"),
            "image/gif", beginnings("474946383761", "474946383961"),
            "image/webp", beginnings("52494646........57454250"));

    private LogoUpload() {}

    private static List<Pattern> beginnings(String... hex) {
        return Arrays.stream(hex).map(Pattern::compile).toList();
    }

    static Logo parse(String url) {
        Matcher parts = DATA_URL.matcher(url);
        if (!parts.matches()) {
            throw Errors.invalid(FIELD, "must be a data: URL with base64, or null");
        }
        String type = parts.group(1).toLowerCase(Locale.ROOT);
        if (!type.equals(SVG) && !BEGINNINGS.containsKey(type)) {
            throw Errors.invalid(FIELD, "must be image/png, image/jpeg, image/webp, image/gif or image/svg+xml");
        }
        byte[] image = decode(parts.group(2));
        if (image.length > MAX_BYTES) {
            throw Errors.invalid(FIELD, "must be at most " + MAX_BYTES + " bytes");
        }
        String problem = type.equals(SVG) ? problemOfSvg(image) : problem(type, image);
        if (problem != null) {
            throw Errors.invalid(FIELD, problem);
        }
        return new Logo(type, version(type, image), Base64.getEncoder().encodeToString(image));
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw Errors.invalid(FIELD, "is not valid base64");
        }
    }

    private static @Nullable String problem(String type, byte[] image) {
        String start = HexFormat.of().formatHex(image, 0, Math.min(12, image.length));
        boolean fits = BEGINNINGS.getOrDefault(type, List.of()).stream()
                .anyMatch(beginning -> beginning.matcher(start).lookingAt());
        return fits ? null : "does not contain " + type + " data, contrary to its declared type";
    }

    /** Rejects a DOCTYPE, and so entity expansion and external content. Scripts are blocked by the response headers. */
    private static @Nullable String problemOfSvg(byte[] image) {
        Root root = new Root();
        try {
            SAXParserFactory parsers = SAXParserFactory.newDefaultInstance();
            parsers.setNamespaceAware(true);
            parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            parsers.newSAXParser().parse(new ByteArrayInputStream(image), root);
        } catch (SAXException e) {
            return "is not well-formed SVG without a DOCTYPE" + at(e);
        } catch (IOException e) {
            return "is not well-formed SVG: it contains characters that are invalid in its encoding";
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e); // every JDK's parser supports this
        }
        return root.isSvg ? null : "must have an svg root element in the namespace " + SVG_NAMESPACE;
    }

    private static String at(SAXException e) {
        return e instanceof SAXParseException parse
                ? " (line " + parse.getLineNumber() + ", column " + parse.getColumnNumber() + ")"
                : "";
    }

    private static String version(String type, byte[] image) {
        MessageDigest digest = Sha256.digest();
        digest.update(type.getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(digest.digest(image), 0, 8);
    }

    private static final class Root extends DefaultHandler {

        private boolean seen;
        private boolean isSvg;

        @Override
        public void startElement(String uri, String localName, String name, Attributes attributes) {
            if (!seen) {
                seen = true;
                isSvg = localName.equals("svg") && uri.equals(SVG_NAMESPACE);
            }
        }

        /** Blocks all external entities. */
        @Override
        public InputSource resolveEntity(@Nullable String publicId, @Nullable String systemId) throws SAXException {
            throw new SAXException("no external entities");
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e; // instead of printing to standard error
        }
    }
}
