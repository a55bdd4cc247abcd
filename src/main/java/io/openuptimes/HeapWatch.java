package io.openuptimes;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import javax.management.ListenerNotFoundException;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs an error before the heap is full, based on its usage after a garbage collection. */
final class HeapWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HeapWatch.class);

    private static final double NEARLY_FULL = 0.9;
    private static final int MIB = 1 << 20;

    private final NotificationEmitter memory = (NotificationEmitter) ManagementFactory.getMemoryMXBean();
    private final NotificationListener listener = (event, source) -> {
        if (event.getType().equals(MemoryNotificationInfo.MEMORY_COLLECTION_THRESHOLD_EXCEEDED)) {
            nearlyFull();
        }
    };

    HeapWatch() {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            long most = pool.getUsage().getMax();
            // only the old generation among the heap's pools
            if (pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported() && most > 0) {
                pool.setCollectionUsageThreshold((long) (most * NEARLY_FULL));
            }
        }
        memory.addNotificationListener(listener, null, null);
    }

    private static void nearlyFull() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        log.error(
                "the heap is nearly full: {} of {} MiB in use after a garbage collection. Raise -Xmx before it runs out",
                heap.getUsed() / MIB,
                heap.getMax() / MIB);
    }

    @Override
    public void close() {
        try {
            memory.removeNotificationListener(listener);
        } catch (ListenerNotFoundException e) {
            log.debug("no memory pool to watch", e);
        }
    }
}
