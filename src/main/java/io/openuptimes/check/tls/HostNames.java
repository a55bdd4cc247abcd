package io.openuptimes.check.tls;

import io.netty.util.NetUtil;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Whether a certificate names a host (RFC 9525): only its subject alternative names count, never the common name.
 *
 * <p>A wildcard is a whole left-most label and covers exactly one label. As in curl, it needs two labels beside it, so
 * {@code *.com} covers nothing, and an IPv6 address that maps an IPv4 one is not the same as that.
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

    /** The DNS names and IP addresses that a certificate is valid for, in its order. */
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
            return List.of(); // it cannot be valid for any host
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
