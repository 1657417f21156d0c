import webPush from "web-push";
import type { Settings } from "../config/environment.ts";
import { Notifier, type NotifierOptions } from "./core/push/notifier.ts";
import { PushSubscriptions } from "./core/push/push-subscriptions.ts";
import { WebPushService } from "./infra/push/web-push-service.ts";
import { readVapidKeys } from "./repository/settings-store.ts";
import type { Sql } from "./repository/sql.ts";
import { SqlSubscriptionStore } from "./repository/subscription-store.ts";

export interface PushParts extends Pick<NotifierOptions, "conversations" | "users" | "onFault"> {
  readonly settings: Settings;
  readonly sql: Sql;
}

/** Builds what notifies devices without an open page. */
export async function composePush({ settings, sql, conversations, users, onFault }: PushParts) {
  const store = new SqlSubscriptionStore(sql);
  const service = new WebPushService({
    keys: await readVapidKeys(sql, () => webPush.generateVAPIDKeys()),
    contact: settings.pushContact,
    hosts: settings.pushHosts,
    onFault,
  });
  return {
    subscriptions: new PushSubscriptions(store, service, Date.now),
    notifier: new Notifier({ store, service, conversations, users, clock: Date.now, onFault }),
  };
}
