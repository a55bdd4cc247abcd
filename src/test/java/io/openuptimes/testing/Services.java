package io.openuptimes.testing;

import io.openuptimes.check.type.http.HttpSpec;
import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceFields;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;

/** Services as created by a caller. */
public final class Services {

    private Services() {}

    /** A service with only a URL and a generous timeout. */
    public static Service of(String url) {
        return of(url, Map.of());
    }

    public static Service of(String url, Map<String, ?> fields) {
        return of(url, fields, "id");
    }

    public static Service of(String url, Map<String, ?> fields, String id) {
        Map<String, Object> all = new HashMap<>();
        all.put("name", "test");
        all.put("url", url);
        all.put("timeout", 20_000);
        all.putAll(fields);
        try {
            return ServiceFields.parse(all, id, 0);
        } catch (InvalidInputException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The spec of an HTTP service. */
    public static HttpSpec http(Service service) {
        return (HttpSpec) service.spec();
    }

    /**
     * The same service with other values, possibly of a type that only a test knows.
     *
     * @param others by the names of the record's components
     */
    public static Service with(Service service, Map<String, ?> others) {
        try {
            RecordComponent[] parts = Service.class.getRecordComponents();
            Class<?>[] types = new Class<?>[parts.length];
            Object[] values = new Object[parts.length];
            for (int i = 0; i < parts.length; i++) {
                Object other = others.get(parts[i].getName());
                types[i] = parts[i].getType();
                values[i] = other != null ? other : parts[i].getAccessor().invoke(service);
            }
            return Service.class.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
