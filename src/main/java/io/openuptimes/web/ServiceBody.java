package io.openuptimes.web;

import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.ServiceParser;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.JsonBody;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/**
 * Reads the fields of a service from a request body and validates them as far as possible without the stored service,
 * so that an invalid body is a 400 even while the store is unreachable.
 */
final class ServiceBody {

    private ServiceBody() {}

    /**
     * All fields of a new service or a replacement.
     *
     * @throws ApiException 400 if they are invalid for any stored service
     */
    static Map<String, Object> whole(RoutingContext context) {
        Map<String, Object> fields = JsonBody.required(context);
        validate(() -> new ServiceParser(fields).validate());
        return fields;
    }

    /**
     * The fields to change.
     *
     * @throws ApiException 400 if they are invalid for any stored service
     */
    static Map<String, Object> change(RoutingContext context) {
        Map<String, Object> fields = JsonBody.required(context);
        validateChange(fields);
        return fields;
    }

    /** Like {@link #change}, for a body that has been read. */
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
