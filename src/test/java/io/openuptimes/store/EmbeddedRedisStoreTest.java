package io.openuptimes.store;

/** On the Redis that the service starts by itself: an installed one where there is a current one, else the bundled. */
class EmbeddedRedisStoreTest extends StoreContract {}
