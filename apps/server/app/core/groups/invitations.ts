import {
  type GroupId,
  type Invitation,
  type InvitationCard,
  type InvitationsResponse,
  type UserId,
  acceptInvitationRequest,
  createInvitationRequest,
  listInvitationsRequest,
} from "@im-webapp/protocol";
import type { ParticipationStore } from "../conversations/access.ts";
import type { Clock } from "../shared/clock.ts";
import { ImError } from "../shared/errors.ts";
import { newId } from "../shared/ids.ts";
import { decodePage, encodePage } from "../shared/page-token.ts";
import { validate } from "../shared/validate.ts";
import type { CommandSink } from "../timeline/command.ts";
import type { StoredInvitation } from "../timeline/model.ts";
import { addingBy, stateOfInvitation } from "./admission.ts";
import type { GroupCards } from "./group-cards.ts";
import { requireGroupMember } from "./group-member.ts";
import { acceptInvitation, createInvitation, revokeInvitation } from "./invitation-commands.ts";
import { may } from "./permissions.ts";
import type { InvitationFound, InvitationReader } from "./invitation-reader.ts";

/** What invitations need. */
export interface InvitationsOptions {
  readonly pipeline: CommandSink;
  readonly reader: InvitationReader;
  readonly participations: ParticipationStore;
  readonly cards: GroupCards;
  readonly clock: Clock;
}

/** Links into groups: making, listing and ending them, and coming in by one. */
export class Invitations {
  readonly #options: InvitationsOptions;

  constructor(options: InvitationsOptions) {
    this.#options = options;
  }

  /** @throws {ImError} as `createInvitation` does */
  async create(userId: UserId, groupId: GroupId, payload: unknown): Promise<Invitation> {
    const request = validate(createInvitationRequest, payload);
    const made = await this.#options.pipeline.submit(createInvitation(groupId, newId(), request, userId));
    return toWire(made, "open");
  }

  /**
   * Invitations that nobody has revoked, the newest first: to admins all of the group's, to a member their own.
   *
   * @throws {ImError} `NOT_FOUND` to outsiders, `NOT_MEMBER` to those who left
   */
  async list(userId: UserId, groupId: GroupId, payload: unknown): Promise<InvitationsResponse> {
    const { limit, page } = validate(listInvitationsRequest, payload);
    const place = page === undefined ? undefined : decodePage(page, ["number", "string"]);
    const member = await requireGroupMember(this.#options.participations, userId, groupId);
    const found = await this.#options.reader.list(
      groupId,
      may(member.role, "approveApplications") ? undefined : userId,
      place && { createdAt: place[0], token: place[1] },
      limit + 1,
    );
    const listed = found.slice(0, limit);
    const last = listed.at(-1)?.invitation;
    const more = found.length > limit && last !== undefined;
    const invitations = listed.map((one) => toWire(one.invitation, this.#stateOf(one)));
    return { invitations, more, ...(more && { page: encodePage([last.createdAt, last.token]) }) };
  }

  /** @throws {ImError} as `revokeInvitation` does */
  async revoke(userId: UserId, groupId: GroupId, token: string): Promise<Record<string, never>> {
    await this.#options.pipeline.submit(revokeInvitation(groupId, token, userId));
    return {};
  }

  /** What anyone who has the token may see. @throws {ImError} `NOT_FOUND` when there is no such invitation */
  async show(userId: UserId, token: string): Promise<InvitationCard> {
    const found = await this.#find(token);
    const { maker, group, inviter, memberCount } = found;
    const card = await this.#options.cards.of(userId, { ...group, memberCount });
    return { token, state: this.#stateOf(found), joining: addingBy(maker, group), inviter, ...card };
  }

  /** @throws {ImError} as `acceptInvitation` does */
  async accept(userId: UserId, token: string, payload: unknown): Promise<InvitationCard> {
    const { description } = validate(acceptInvitationRequest, payload);
    const { group } = await this.#find(token);
    await this.#options.pipeline.submit(acceptInvitation(group.groupId, token, userId, description));
    return this.show(userId, token);
  }

  async #find(token: string) {
    const found = await this.#options.reader.find(token);
    if (!found) throw new ImError("NOT_FOUND", "there is no such invitation");
    return found;
  }

  #stateOf({ invitation, maker, group }: InvitationFound) {
    return stateOfInvitation(invitation, maker, group, this.#options.clock());
  }
}

function toWire(invitation: StoredInvitation, state: Invitation["state"]): Invitation {
  const { revokedAt: _, ...shown } = invitation;
  return { ...shown, state };
}
