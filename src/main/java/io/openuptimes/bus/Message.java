package io.openuptimes.bus;

/** Whatever travels on the event bus: deeply immutable, passed by reference within the process. */
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

    /** The answer of a request that has nothing else to say. */
    record Done() implements Message {}

    Done DONE = new Done();
}
