package io.openuptimes.bus;

import io.openuptimes.bus.AccessMessage.*;
import io.openuptimes.bus.AuditMessage.*;
import io.openuptimes.bus.BulkMessage.*;
import io.openuptimes.bus.CheckMessage.*;
import io.openuptimes.bus.DeclareMessage.*;
import io.openuptimes.bus.EventMessage.*;
import io.openuptimes.bus.Message.Done;
import io.openuptimes.bus.NodeMessage.*;
import io.openuptimes.bus.OnceMessage.*;
import io.openuptimes.bus.SecretMessage.RotateSecrets;
import io.openuptimes.bus.SecretMessage.SecretsRotated;
import io.openuptimes.bus.SiteMessage.*;
import io.openuptimes.bus.StoreMessage.*;

/** Every address on the event bus. */
public final class Addresses {

    // served by the check verticle
    public static final Address<CheckNow, Round> CHECK_NOW = new Address<>("check.now");
    public static final Address<TryService, Tried> TRY_SERVICE = new Address<>("check.try");
    public static final Address<GetScheduleState, ScheduleState> SCHEDULE_STATE = new Address<>("check.schedule");
    public static final Address<GetScheduleReport, ScheduleReport> SCHEDULE_REPORT = new Address<>("check.report");
    public static final Address<Gained, Done> GAINED = new Address<>("check.share.gained");
    public static final Address<GiveUp, Done> GIVE_UP = new Address<>("check.share.give-up");
    public static final Address<Lost, Done> LOST = new Address<>("check.share.lost");

    public static final Address<GetHeld, Held> GET_HELD = new Address<>("check.held");

    // served by the store verticle
    public static final Address<RecordResult, Done> RECORD = new Address<>("store.record");
    public static final Address<RecordResults, Done> RECORD_ALL = new Address<>("store.record.all");
    public static final Address<LoadAll, All> LOAD_ALL = new Address<>("store.load");
    public static final Address<CreateService, ServiceStored> CREATE_SERVICE = new Address<>("store.service.create");
    public static final Address<ReplaceService, ServiceStored> REPLACE_SERVICE = new Address<>("store.service.replace");
    public static final Address<PatchService, ServiceStored> PATCH_SERVICE = new Address<>("store.service.patch");
    public static final Address<DeleteService, ServiceDeleted> DELETE_SERVICE = new Address<>("store.service.delete");
    public static final Address<RestoreService, ServiceStored> RESTORE_SERVICE = new Address<>("store.service.restore");
    public static final Address<ApplyBulk, BulkAnswer> APPLY_BULK = new Address<>("store.bulk.apply");
    public static final Address<ApplyDeclared, BulkAnswer> APPLY_DECLARED = new Address<>("store.bulk.declare");
    public static final Address<HoldDeclared, DeclaredHold> HOLD_DECLARED = new Address<>("store.declared.hold");
    public static final Address<WhoDeclares, Declarer> WHO_DECLARES = new Address<>("store.declared.who");
    public static final Address<ReleaseDeclared, BulkAnswer> RELEASE_DECLARED = new Address<>("store.bulk.release");
    public static final Address<ChangeMatching, BulkAnswer> CHANGE_MATCHING = new Address<>("store.bulk.change");
    public static final Address<DeleteMatching, BulkAnswer> DELETE_MATCHING = new Address<>("store.bulk.delete");
    public static final Address<BeginOnce, Begun> BEGIN_ONCE = new Address<>("store.once.begin");
    public static final Address<EndOnce, Done> END_ONCE = new Address<>("store.once.end");
    public static final Address<ReadEvents, PastEvents> READ_EVENTS = new Address<>("store.events.read");
    public static final Address<ReadTransitions, Transitions> READ_TRANSITIONS =
            new Address<>("store.transitions.read");
    public static final Address<ReadHistory, History> READ_HISTORY = new Address<>("store.history.read");
    public static final Address<ReadResponseTimes, ResponseTimeSeries> READ_RESPONSE_TIMES =
            new Address<>("store.response-times.read");
    public static final Address<ReadUptimes, Uptimes> READ_UPTIMES = new Address<>("store.uptimes.read");
    public static final Address<ClearHistory, Done> CLEAR_HISTORY = new Address<>("store.history.clear");
    public static final Address<GetHistoryTtl, HistoryTtl> GET_HISTORY_TTL = new Address<>("store.history.ttl.get");
    public static final Address<HistoryTtl, HistoryTtl> SET_HISTORY_TTL = new Address<>("store.history.ttl.set");
    public static final Address<Ping, Pong> PING = new Address<>("store.ping");
    public static final Address<GetStoreState, StoreState> STORE_STATE = new Address<>("store.state");
    public static final Address<ListKeys, Keys> LIST_KEYS = new Address<>("store.key.list");
    public static final Address<FindKey, FoundKey> FIND_KEY = new Address<>("store.key.find");
    public static final Address<SaveKey, Done> SAVE_KEY = new Address<>("store.key.save");
    public static final Address<DeleteKey, Done> DELETE_KEY = new Address<>("store.key.delete");
    public static final Address<TouchKey, Done> TOUCH_KEY = new Address<>("store.key.touch");
    public static final Address<GetInstallation, Installation> GET_INSTALLATION = new Address<>("store.installation");
    public static final Address<CompleteSetup, Done> COMPLETE_SETUP = new Address<>("store.setup.complete");
    public static final Address<ChangePassword, Installation> CHANGE_PASSWORD = new Address<>("store.password.change");
    public static final Address<EndSessions, Done> END_SESSIONS = new Address<>("store.session.end");
    public static final Address<SaveSession, Done> SAVE_SESSION = new Address<>("store.session.save");
    public static final Address<ProlongSession, FoundSession> PROLONG_SESSION = new Address<>("store.session.prolong");
    public static final Address<FindSession, FoundSession> FIND_SESSION = new Address<>("store.session.find");
    public static final Address<DeleteSession, Done> DELETE_SESSION = new Address<>("store.session.delete");
    public static final Address<RecordAudit, Done> RECORD_AUDIT = new Address<>("store.audit.record");
    public static final Address<ReadAudit, AuditPage> READ_AUDIT = new Address<>("store.audit.read");
    public static final Address<GetNodes, Nodes> GET_NODES = new Address<>("store.nodes");
    public static final Address<JoinNodes, Done> JOIN_NODES = new Address<>("store.nodes.join");
    public static final Address<LeaveNodes, Done> LEAVE_NODES = new Address<>("store.nodes.leave");
    public static final Address<ConfirmShare, Done> CONFIRM_SHARE = new Address<>("store.nodes.confirm");
    public static final Address<RotateSecrets, SecretsRotated> ROTATE_SECRETS = new Address<>("store.secrets.rotate");
    public static final Address<GetSite, CurrentSite> GET_SITE = new Address<>("store.site.get");
    public static final Address<ChangeSite, CurrentSite> CHANGE_SITE = new Address<>("store.site.change");
    public static final Address<GetLogo, CurrentLogo> GET_LOGO = new Address<>("store.site.logo");

    // served by the services file's verticle
    public static final Address<GetDeclared, Declared> DECLARED = new Address<>("declare.state");

    // published by the check verticle
    public static final Topic<Judged> JUDGED = new Topic<>("event.judged");
    public static final Topic<Held> HELD = new Topic<>("event.held");

    // published by the store verticle
    public static final Topic<Corrected> CORRECTED = new Topic<>("event.corrected");
    public static final Topic<HealthStored> HEALTH_STORED = new Topic<>("event.health");
    public static final Topic<StatusChanged> STATUS_CHANGED = new Topic<>("event.status");
    public static final Topic<CertificatesChanged> CERTIFICATES = new Topic<>("event.certificates");
    public static final Topic<ServiceSaved> SERVICE_SAVED = new Topic<>("event.service.saved");
    public static final Topic<ServiceRemoved> SERVICE_REMOVED = new Topic<>("event.service.removed");
    public static final Topic<ServicesChanged> SERVICES_CHANGED = new Topic<>("event.services.changed");
    public static final Topic<Events> EVENTS = new Topic<>("event.all");
    public static final Topic<CredentialsEnded> CREDENTIALS_ENDED = new Topic<>("event.credentials");
    public static final Topic<SiteChanged> SITE_CHANGED = new Topic<>("event.site");
    public static final Topic<StoreReachable> STORE_REACHABLE = new Topic<>("event.store");
    public static final Topic<Reload> RELOAD = new Topic<>("event.reload");
    public static final Topic<StoreServers> STORE_SERVERS = new Topic<>("event.store.servers");

    private Addresses() {}
}
