package io.openuptimes.store.embedded;

import java.io.IOException;

/** Another process uses the data directory. The message says which one, or what to do. */
public final class DirectoryInUseException extends IOException {

    private static final long serialVersionUID = 1;

    public DirectoryInUseException(String message) {
        super(message);
    }
}
