import { UPLOADS_PATH } from "@im-webapp/protocol";
import type { Application } from "egg";
import * as accountEnd from "./controller/account-end.ts";
import * as applications from "./controller/applications.ts";
import * as auth from "./controller/auth.ts";
import * as contacts from "./controller/contacts.ts";
import * as files from "./controller/files.ts";
import * as groups from "./controller/groups.ts";
import * as health from "./controller/health.ts";
import * as invitations from "./controller/invitations.ts";
import * as mail from "./controller/mail.ts";
import * as messages from "./controller/messages.ts";
import * as page from "./controller/page.ts";
import * as portraits from "./controller/portraits.ts";
import * as oidc from "./controller/oidc.ts";
import * as push from "./controller/push.ts";
import * as search from "./controller/search.ts";
import * as security from "./controller/security.ts";
import * as server from "./controller/server.ts";
import * as users from "./controller/users.ts";
import { requireFileReader } from "./http/require-file-reader.ts";
import { limitSignIn } from "./http/limit-sign-in.ts";
import { requireServerKey } from "./http/require-server-key.ts";
import { requireSession } from "./http/require-session.ts";

/** Every HTTP route. */
export default function router({ router: routes }: Application): void {
  routes.get("/healthz", health.live);
  routes.get("/readyz", health.ready);
  routes.get("/metrics", health.metrics);

  routes.post("/api/v1/auth/register", limitSignIn, auth.register);
  routes.post("/api/v1/auth/login", limitSignIn, auth.login);
  routes.get("/api/v1/auth/methods", oidc.methods);
  routes.post("/api/v1/auth/oidc/start", limitSignIn, oidc.start);
  routes.post("/api/v1/auth/oidc/finish", limitSignIn, oidc.finish);
  routes.post("/api/v1/auth/logout", requireSession, auth.logout);
  routes.get("/api/v1/me", requireSession, auth.me);
  routes.patch("/api/v1/me", requireSession, auth.updateMe);
  routes.put("/api/v1/me/avatar", requireSession, portraits.setAvatar);
  routes.delete("/api/v1/me/avatar", requireSession, portraits.removeAvatar);
  routes.get("/api/v1/portraits/:portraitId", portraits.show);

  routes.get("/api/v1/me/push", requireSession, push.get);
  routes.put("/api/v1/me/push", requireSession, push.set);
  routes.delete("/api/v1/me/push", requireSession, push.remove);
  routes.get("/api/v1/me/mail", requireSession, mail.get);
  routes.put("/api/v1/me/mail", requireSession, mail.change);
  routes.delete("/api/v1/me/mail", requireSession, mail.remove);
  routes.post("/api/v1/me/mail/confirm", requireSession, mail.confirm);
  routes.get("/api/v1/mail/unsubscribe/:token", mail.askToUnsubscribe);
  routes.post("/api/v1/mail/unsubscribe/:token", mail.unsubscribe);
  routes.post("/api/v1/files", requireSession, files.upload);
  routes.get("/api/v1/files/:fileId/info", requireSession, files.info);
  routes.get("/api/v1/files/:fileId/link", requireSession, files.link);
  routes.get("/api/v1/files/:fileId", requireFileReader, files.read);
  routes.all(UPLOADS_PATH, requireSession, files.tus);
  routes.all(`${UPLOADS_PATH}/:fileId`, requireSession, files.tus);

  routes.get("/api/v1/me/devices", requireSession, security.listDevices);
  routes.delete("/api/v1/me/devices", requireSession, security.revokeOtherDevices);
  routes.patch("/api/v1/me/devices/:deviceId", requireSession, security.updateDevice);
  routes.delete("/api/v1/me/devices/:deviceId", requireSession, security.revokeDevice);
  routes.post("/api/v1/me/oidc", requireSession, oidc.link);
  routes.post("/api/v1/me/export", requireSession, accountEnd.beginExport);
  routes.post("/api/v1/me/delete", requireSession, accountEnd.deleteAccount);
  routes.get("/api/v1/exports/:secret", accountEnd.download);
  routes.get("/api/v1/me/security", requireSession, security.get);
  routes.post("/api/v1/me/password", requireSession, security.changePassword);
  routes.post("/api/v1/me/totp", requireSession, security.beginTotp);
  routes.post("/api/v1/me/totp/confirm", requireSession, security.confirmTotp);
  routes.post("/api/v1/me/totp/recovery-codes", requireSession, security.replaceRecoveryCodes);
  routes.post("/api/v1/me/totp/disable", requireSession, security.disableTotp);

  routes.get("/api/v1/users", requireSession, users.find);
  routes.post("/api/v1/users/lookup", requireSession, users.lookup);
  routes.get("/api/v1/users/:userId", requireSession, users.get);

  routes.get("/api/v1/contacts", requireSession, contacts.list);
  routes.patch("/api/v1/contacts/:userId", requireSession, contacts.update);
  routes.delete("/api/v1/contacts/:userId", requireSession, contacts.remove);
  routes.get("/api/v1/blocks", requireSession, contacts.listBlocked);
  routes.post("/api/v1/blocks", requireSession, contacts.block);
  routes.delete("/api/v1/blocks/:userId", requireSession, contacts.unblock);
  routes.get("/api/v1/applications", requireSession, applications.list);
  routes.post("/api/v1/applications", requireSession, applications.apply);
  routes.delete("/api/v1/applications/:applicationId", requireSession, applications.withdraw);
  routes.post("/api/v1/applications/:applicationId/accept", requireSession, applications.accept);
  routes.post("/api/v1/applications/:applicationId/refuse", requireSession, applications.refuse);

  routes.post("/api/v1/groups", requireSession, groups.create);
  routes.get("/api/v1/groups/:groupId", requireSession, groups.get);
  routes.patch("/api/v1/groups/:groupId", requireSession, groups.update);
  routes.delete("/api/v1/groups/:groupId", requireSession, groups.dissolve);
  routes.put("/api/v1/groups/:groupId/avatar", requireSession, portraits.setGroupPicture);
  routes.delete("/api/v1/groups/:groupId/avatar", requireSession, portraits.removeGroupPicture);
  routes.post("/api/v1/groups/:groupId/transfer", requireSession, groups.transfer);
  routes.put("/api/v1/groups/:groupId/announcement/read", requireSession, groups.readAnnouncement);
  routes.get("/api/v1/groups/:groupId/members", requireSession, groups.members);
  routes.post("/api/v1/groups/:groupId/members/lookup", requireSession, groups.lookupMembers);
  routes.patch("/api/v1/groups/:groupId/members/:userId", requireSession, groups.updateMember);
  routes.post("/api/v1/groups/:groupId/members", requireSession, groups.addMembers);
  routes.delete("/api/v1/groups/:groupId/members/:userId", requireSession, groups.removeMember);

  routes.get("/api/v1/groups/:groupId/card", requireSession, groups.card);
  routes.post("/api/v1/groups/:groupId/invitations", requireSession, invitations.create);
  routes.get("/api/v1/groups/:groupId/invitations", requireSession, invitations.list);
  routes.delete("/api/v1/groups/:groupId/invitations/:token", requireSession, invitations.revoke);
  routes.get("/api/v1/invitations/:token", requireSession, invitations.show);
  routes.post("/api/v1/invitations/:token/accept", requireSession, invitations.accept);

  routes.get("/api/v1/conversations/:conversationId/pins", requireSession, messages.pins);
  routes.get("/api/v1/conversations/:conversationId/messages/:seq/edits", requireSession, messages.edits);
  routes.get("/api/v1/stars", requireSession, messages.stars);

  routes.get("/api/v1/search/messages", requireSession, search.messages);
  routes.get("/api/v1/search/files", requireSession, search.files);

  routes.post("/api/v1/server/users", requireServerKey, server.createUsers);
  routes.post("/api/v1/server/tokens", requireServerKey, server.createTokens);
  routes.post("/api/v1/server/groups", requireServerKey, server.createGroup);
  routes.post("/api/v1/server/groups/:groupId/members", requireServerKey, server.addMembers);
  routes.post("/api/v1/server/messages", requireServerKey, server.sendMessages);

  routes.get("*", page.show);
}
