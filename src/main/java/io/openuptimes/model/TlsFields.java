package io.openuptimes.model;

import io.openuptimes.model.field.Field;

/** The fields of {@link TlsSpec}, for each check type that has them. */
public final class TlsFields {

    private TlsFields() {}

    public static <S extends TlsSpec> Field<S, Boolean> ignoreTlsErrors() {
        return Field.<S>flag("ignoreTlsErrors", false).asksForCheck().always().of(TlsSpec::ignoreTlsErrors);
    }

    public static <S extends TlsSpec> Field<S, TlsVersion> minTlsVersion() {
        return Field.<S, TlsVersion>parsed("minTlsVersion", TlsVersion::parse, TlsVersion::of, TlsVersion::text)
                .allowed(TlsVersion.TEXTS)
                .asksForCheck()
                .of(TlsSpec::minTlsVersion);
    }

    public static <S extends TlsSpec> Field<S, String> clientCertificate() {
        return Field.<S, String>parsed(
                        ClientCertificateName.FIELD,
                        (field, given) -> ClientCertificateName.parse(given),
                        text -> text,
                        text -> text)
                .length(1, ClientCertificateName.MAX)
                .pattern(ClientCertificateName.SYNTAX)
                .asksForCheck()
                .repeats()
                .of(TlsSpec::clientCertificate);
    }
}
