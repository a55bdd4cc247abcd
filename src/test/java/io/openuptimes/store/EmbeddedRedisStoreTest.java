package io.openuptimes.store;

/** On the Redis that comes with the service. */
class EmbeddedRedisStoreTest extends StoreContract {}
