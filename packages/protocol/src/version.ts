/**
 * The version of the wire contract that `session:ready` announces.
 *
 * A client refuses a server whose number it does not know. `version.test.ts` hashes every wire schema, so that a change
 * of shape fails until this number and the history below have been looked at.
 *
 * 1: the first contract. Added since, and skipped by a client that does not know it: calls and entries for edits,
 *    recalls, reactions and receipts; `large` conversations with `group:push`, `history:changes` and `groups` in a pull,
 *    which no client met before because no group grew that large; the server API; `typing` and `presence` with
 *    their calls, and `PATCH /me`: events that a client may miss, and calls that it need not make.
 *    Profiles: `gender` and `description` of a user, what one is found by, portraits and their calls; `user` entries,
 *    which were announced before, are written.
 *    `contact` entries, with contacts, applications and blocks over REST: a client that does not know them shows none.
 *    One's own view of a conversation: `conversation:set`, `draft:set`, `history:find`, and of a conversation `notify`,
 *    `hiddenSeq`, `markedUnread`, `settingsVersion` and `draftAt`, without which it is shown as before.
 *    The safety of one's own account: devices, password, two-factor with `totp` in a login, which only accounts that have
 *    turned it on need.
 *    Links into groups, and applications to groups: calls that a client need not make, and `proposed` in the answer of
 *    adding people, whom a client that does not know it misses among the members until an admin has agreed.
 *    Cards and messages handed on (`card`, `forward`), pins, stars, deleting for oneself, earlier texts, and `unread` of
 *    `receipts:get`: kinds that a client shows as unknown, optional fields, and calls that it need not make.
 *    How long a message can be recalled is stated as a constant. A conversation, and the state of a large group, say
 *    which unread messages name the user: `mentionSeqs`.
 *    A group's picture, description, announcement, settings and dissolution, its members' aliases and mutes, and the
 *    system events that tell of them: a client that does not know them shows none of them.
 *    Files: `image`, `file`, `voice` and `video`, which a client that does not know them shows as unknown, and their calls.
 *    Setting a group's picture: calls that a client need not make.
 *    Searching messages: a call that a client need not make.
 *    `limits` say how long a message can be recalled, which a client that does not know it takes to be the constant.
 *    `limits` say how large a file can be: a client that does not know it hears so when it uploads a larger one.
 *    Notifications for devices without an open page: calls that a client need not make.
 *    The settings of mails say whether the last one was refused: an optional field.
 */
export const PROTOCOL_VERSION = 1;
