import { actions } from "./actions.ts";
import { app } from "./app.ts";
import { auth } from "./auth.ts";
import { chats } from "./chats.ts";
import { common } from "./common.ts";
import { composer } from "./composer.ts";
import { connection } from "./connection.ts";
import { contacts } from "./contacts.ts";
import { conversation } from "./conversation.ts";
import { crash } from "./crash.ts";
import { emoji } from "./emoji.ts";
import { errors } from "./errors.ts";
import { forward } from "./forward.ts";
import { groups } from "./groups.ts";
import { joining } from "./joining.ts";
import { keeping } from "./keeping.ts";
import { jump } from "./jump.ts";
import { mail } from "./mail.ts";
import { marks } from "./marks.ts";
import { media } from "./media.ts";
import { mention } from "./mention.ts";
import { message } from "./message.ts";
import { nav } from "./nav.ts";
import { notifications } from "./notifications.ts";
import { notFound } from "./not-found.ts";
import { people } from "./people.ts";
import { presence } from "./presence.ts";
import { profile } from "./profile.ts";
import { search } from "./search.ts";
import { settings } from "./settings.ts";
import { security } from "./security.ts";
import { system } from "./system.ts";
import type { Messages } from "../messages.ts";

export const en: Messages = {
  app,
  common,
  nav,
  connection,
  errors,
  auth,
  chats,
  message,
  forward,
  mail,
  marks,
  system,
  conversation,
  keeping,
  people,
  presence,
  composer,
  actions,
  media,
  mention,
  jump,
  search,
  emoji,
  contacts,
  groups,
  joining,
  settings,
  security,
  profile,
  notFound,
  notifications,
  crash,
};
