package io.openuptimes.check.net.tls;

import io.netty.util.NetUtil;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Matches certificates against host names (RFC 9525): only subject alternative names count, never the common name.
 *
 * <p>A wildcard must be the whole left-most label and matches exactly one label. As in curl, at least two labels must
 * follow it, so {@code *.com} matches nothing, and an IPv4-mapped IPv6 address does not match the IPv4 address.
 */
final class HostNames {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    private static final String WILDCARD = "*.";

    private HostNames() {}

    /**
     * @param host name in ASCII, with or without a trailing dot, or IP address without brackets
     */
    static boolean covers(X509Certificate certificate, String host) {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
        for (List<?> name : alternatives(certificate)) {
            boolean covered = address == null
                    ? isOf(name, DNS_NAME) && covers((String) name.get(1), host)
                    : isOf(name, IP_ADDRESS)
                            && Arrays.equals(address, NetUtil.createByteArrayFromIpAddressString((String) name.get(1)));
            if (covered) {
                return true;
            }
        }
        return false;
    }

    /** The certificate's DNS names and IP addresses, in its order. */
    static List<String> of(X509Certificate certificate, int most) {
        List<String> names = new ArrayList<>();
        for (List<?> name : alternatives(certificate)) {
            if (names.size() < most && (isOf(name, DNS_NAME) || isOf(name, IP_ADDRESS))) {
                names.add((String) name.get(1));
            }
        }
        return names;
    }

    private static boolean isOf(List<?> name, int type) {
        return Integer.valueOf(type).equals(name.get(0)) && name.get(1) instanceof String;
    }

    private static Collection<List<?>> alternatives(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException e) {
            return List.of(); // not valid for any host
        }
    }

    static boolean covers(String pattern, String host) {
        String wanted = withoutTrailingDot(host);
        String given = withoutTrailingDot(pattern);
        if (!given.startsWith(WILDCARD)) {
            return given.equalsIgnoreCase(wanted);
        }
        String parent = given.substring(1);
        int label = wanted.indexOf('.');
        return label > 0 && parent.lastIndexOf('.') > 0 && parent.equalsIgnoreCase(wanted.substring(label));
    }

    static String withoutTrailingDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
