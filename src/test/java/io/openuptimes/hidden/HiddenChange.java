package io.openuptimes.hidden;

import static io.openuptimes.testing.NodeGroup.call;

import io.openuptimes.testing.RunningApp;
import io.openuptimes.testing.TargetServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Changes that hide a service or are made while it is hidden. All non-public data contains "secret". */
enum HiddenChange {
    /** Published as one event. Must run first, since no stream can resume from before it after a restart. */
    HIDE_AND_RENAME_AMONG_THOUSANDS(true, Public.LOADS_EVERYTHING_AGAIN) {
        @Override
        void make(Caller caller) throws Exception {
            JsonObject all =
                    hidden().put("id", caller.id()).put("name", caller.secret()).put("url", caller.url());
            caller.send("PUT", "/api/services/bulk", caller.bulk(all, 1_001));
            caller.send("DELETE", "/api/services?group=secret-crowd", null);
        }
    },
    HIDE(true, Public.SEES_IT_GO) {
        @Override
        void make(Caller caller) throws Exception {
            caller.patch(caller.name(), hidden().put("description", "secret " + this));
        }
    },
    HIDE_AND_RENAME(true, Public.SEES_IT_GO) {
        @Override
        void make(Caller caller) throws Exception {
            caller.patch(caller.name(), hidden().put("name", caller.secret()));
        }
    },
    HIDE_AND_REGROUP(true, Public.SEES_IT_GO) {
        @Override
        void make(Caller caller) throws Exception {
            caller.patch(caller.name(), hidden().put("group", caller.secret()));
        }
    },
    HIDE_AND_LABEL(true, Public.SEES_IT_GO) {
        @Override
        void make(Caller caller) throws Exception {
            caller.patch(caller.name(), hidden().put("labels", new JsonObject().put("of", "secret")));
        }
    },
    HIDE_AND_REPLACE(true, Public.SEES_IT_GO) {
        @Override
        void make(Caller caller) throws Exception {
            JsonObject all = hidden().put("name", caller.secret()).put("url", caller.url());
            caller.send("PUT", "/api/services?name=" + caller.name(), all);
        }
    },
    HIDE_THEN_RENAME(true, Public.SEES_IT_GO) {
        @Override
        void make(Caller caller) throws Exception {
            caller.patch(caller.name(), hidden());
            caller.patch(caller.name(), new JsonObject().put("name", caller.secret()));
        }
    },
    HIDE_RENAME_THEN_DELETE(true, Public.SEES_IT_GO) {
        @Override
        void make(Caller caller) throws Exception {
            caller.patch(caller.name(), hidden().put("name", caller.secret()));
            caller.send("DELETE", "/api/services?name=" + caller.secret(), null);
        }
    },
    HIDE_IN_BULK(true, Public.SEES_IT_GO) {
        @Override
        void make(Caller caller) throws Exception {
            caller.send("PATCH", "/api/services?group=" + caller.name(), hidden().put("description", "secret"));
        }
    },
    HIDE_AND_RENAME_IN_BULK(true, Public.SEES_IT_GO) {
        @Override
        void make(Caller caller) throws Exception {
            JsonObject all =
                    hidden().put("id", caller.id()).put("name", caller.secret()).put("url", caller.url());
            caller.send("PUT", "/api/services/bulk", caller.bulk(all, 0));
        }
    },
    RENAME(false, Public.SEES_NOTHING) {
        @Override
        void make(Caller caller) throws Exception {
            caller.patch(caller.name(), new JsonObject().put("name", caller.secret() + "-again"));
        }
    },
    REGROUP(false, Public.SEES_NOTHING) {
        @Override
        void make(Caller caller) throws Exception {
            caller.patch(caller.name(), new JsonObject().put("group", caller.secret()));
        }
    },
    LABEL(false, Public.SEES_NOTHING) {
        @Override
        void make(Caller caller) throws Exception {
            caller.patch(caller.name(), new JsonObject().put("labels", new JsonObject().put("of", "secret")));
        }
    },
    RENAME_IN_BULK(false, Public.SEES_NOTHING) {
        @Override
        void make(Caller caller) throws Exception {
            JsonObject all = hidden().put("id", caller.id())
                    .put("name", caller.secret() + "-again")
                    .put("url", caller.url());
            caller.send("PUT", "/api/services/bulk", caller.bulk(all, 0));
        }
    },
    DELETE(false, Public.SEES_NOTHING) {
        @Override
        void make(Caller caller) throws Exception {
            caller.send("DELETE", "/api/services?name=" + caller.name(), null);
        }
    },
    DELETE_AND_RESTORE(false, Public.SEES_NOTHING) {
        @Override
        void make(Caller caller) throws Exception {
            caller.send("DELETE", "/api/services?name=" + caller.name(), null);
            caller.send("POST", "/api/services/restore", new JsonObject().put("id", caller.id()));
        }
    },
    SHOW_UNDER_ANOTHER_NAME(false, Public.SEES_IT_COME) {
        @Override
        void make(Caller caller) throws Exception {
            caller.fail(); // produces transitions while hidden
            caller.recover();
            JsonObject open = new JsonObject().put("visible", true).put("description", "");
            caller.patch(caller.name(), open.put("name", caller.publicName()));
        }
    };

    /** What callers without a key see of a change. */
    enum Public {
        SEES_IT_GO,
        SEES_IT_COME,
        SEES_NOTHING,
        LOADS_EVERYTHING_AGAIN
    }

    private final boolean visibleBefore;
    private final Public effect;

    HiddenChange(boolean visibleBefore, Public effect) {
        this.visibleBefore = visibleBefore;
        this.effect = effect;
    }

    Public effect() {
        return effect;
    }

    /** Makes the change. */
    abstract void make(Caller caller) throws Exception;

    private static JsonObject hidden() {
        return new JsonObject().put("visible", false);
    }

    /** Creates the service to change and waits until it is up. */
    Caller begin(RunningApp app, TargetServer target) throws Exception {
        Caller caller = new Caller(app, target, this);
        caller.create(visibleBefore);
        return caller;
    }

    /** Changes the service using a key. */
    static final class Caller {

        private final RunningApp app;
        private final TargetServer target;
        private final HiddenChange change;
        private final boolean visible;
        private String id = "";

        Caller(RunningApp app, TargetServer target, HiddenChange change) {
            this.app = app;
            this.target = target;
            this.change = change;
            this.visible = change.visibleBefore;
        }

        /** The service's name before the change. */
        String name() {
            return visible ? publicName() : secret();
        }

        String publicName() {
            return "public-" + change;
        }

        String secret() {
            return "secret-" + change;
        }

        String id() {
            return id;
        }

        String url() {
            return target.url("/" + change);
        }

        void create(boolean visible) throws Exception {
            JsonObject fields = new JsonObject()
                    .put("name", name())
                    .put("url", url())
                    .put("group", visible ? publicName() : "")
                    .put("description", visible ? "" : "secret")
                    .put("visible", visible);
            id = call(app, "POST", "/api/services", fields.encode())
                    .getJsonObject("service")
                    .getString("id");
            ping(name());
        }

        void ping(String name) throws Exception {
            call(app, "GET", "/api/ping?service=" + name, "");
        }

        /** Makes the target fail and, if the service still exists, waits until a check detects it. */
        void fail() throws Exception {
            target.down("/" + change);
            call(app, "GET", "/api/ping", "");
        }

        void recover() throws Exception {
            target.up("/" + change);
            call(app, "GET", "/api/ping", "");
        }

        void patch(String name, JsonObject fields) throws Exception {
            send("PATCH", "/api/services?name=" + name, fields);
        }

        void send(String method, String path, JsonObject body) throws Exception {
            call(app, method, path, body == null ? "" : body.encode());
        }

        JsonObject bulk(JsonObject service, int others) {
            JsonArray all = new JsonArray().add(service);
            for (int i = 0; i < others; i++) {
                all.add(new JsonObject()
                        .put("name", "secret-crowd-" + i)
                        .put("group", "secret-crowd")
                        .put("url", url())
                        .put("paused", true)
                        .put("visible", false));
            }
            return new JsonObject().put("services", all);
        }
    }
}
