package io.openuptimes.bus;

/** A message on the event bus: deeply immutable, passed by reference within the process. */
public sealed interface Message
        permits CheckMessage,
                StoreMessage,
                BulkMessage,
                OnceMessage,
                DeclareMessage,
                AccessMessage,
                SecretMessage,
                AuditMessage,
                SiteMessage,
                NodeMessage,
                EventMessage,
                Message.Done {

    /** The answer to a request that returns nothing. */
    record Done() implements Message {}

    Done DONE = new Done();
}
