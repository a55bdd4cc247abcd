package io.openuptimes.web.board;

import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Status;

/**
 * A changed status by a verdict of this node that the store has not confirmed within a second.
 *
 * @param status after the change
 * @param from status before the change
 */
public record ProvisionalChange(Service service, ServiceStatus status, Status from) {}
