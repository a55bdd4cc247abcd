package io.openuptimes.web;

import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceParser;
import io.openuptimes.model.ServicePatch;
import io.openuptimes.model.UnknownSpec;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.JsonBody;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a service from a request body and validates them as far as possible without the stored service,
 * so that an invalid body is a 400 even while the store is unreachable.
 */
final class ServiceBody {

    private ServiceBody() {}

    /**
     * All fields of a new service.
     *
     * @throws ApiException 400 if they are invalid
     */
    static Map<String, Object> whole(RoutingContext context) {
        Map<String, Object> fields = JsonBody.required(context);
        validate(() -> new ServiceParser(fields).validate());
        return fields;
    }

    /**
     * All fields of a replacement.
     *
     * @param shown the service on the board, which may be behind the stored one; null if there is none
     * @throws ApiException 400 if they are invalid for any stored service
     */
    static Map<String, Object> replacing(RoutingContext context, @Nullable Service shown) {
        Map<String, Object> fields = JsonBody.required(context);
        if (shown != null && isOfUnknownType(shown)) {
            validate(() -> new ServiceParser(fields).replacing(shown));
        } else {
            validate(() -> new ServiceParser(fields).validate());
        }
        return fields;
    }

    /**
     * The fields to change.
     *
     * @param shown as in {@link #replacing}
     * @throws ApiException 400 if they are invalid for any stored service
     */
    static Map<String, Object> changing(RoutingContext context, @Nullable Service shown) {
        Map<String, Object> fields = JsonBody.required(context);
        if (shown != null && isOfUnknownType(shown)) {
            validate(() -> new ServiceParser(ServicePatch.merged(shown, fields)).replacing(shown));
        } else {
            validateChange(fields);
        }
        return fields;
    }

    /** The URL of such a service is invalid for every known type, but valid if it stays the same. */
    private static boolean isOfUnknownType(Service shown) {
        return shown.spec() instanceof UnknownSpec;
    }

    /** Like {@link #changing}, for several services. */
    static void validateChange(Map<String, Object> fields) {
        validate(() -> new ServiceParser(fields).validateChange());
    }

    private interface Validation {
        void run() throws InvalidInputException;
    }

    private static void validate(Validation validation) {
        try {
            validation.run();
        } catch (InvalidInputException e) {
            throw new ApiException(400, e.what());
        }
    }
}
