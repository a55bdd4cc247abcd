package io.openuptimes.store;

/** The contract on the embedded Redis: an installed one if it is recent enough, else the bundled one. */
class EmbeddedRedisStoreTest extends StoreContract {}
