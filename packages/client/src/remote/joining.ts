import type {
  Application,
  CreateInvitationRequest,
  GroupCardResponse,
  GroupId,
  Invitation,
  InvitationCard,
  InvitationsResponse,
} from "@im-webapp/protocol";
import { personRecord } from "../people/person-record.ts";
import { search } from "../transport/rest.ts";
import type { RemoteContext } from "./remote.ts";

/** Coming into groups: by a link, or by asking. Every call needs the server, and rejects with an `ImError`. */
export class JoiningCalls {
  readonly #context: RemoteContext;

  constructor(context: RemoteContext) {
    this.#context = context;
  }

  /**
   * Makes a link into a group: `token` leads there until `expiresAt` (epoch milliseconds), for `maxUses` people (1 to
   * 100,000); without them for ever and for anybody. `FORBIDDEN` for one who may add nobody to the group.
   */
  async invite(groupId: GroupId, terms: CreateInvitationRequest = {}): Promise<Invitation> {
    return this.#context.send({ method: "POST", path: invitationsPath(groupId), body: terms });
  }

  /** A page of a group's links, newest first, as far as the caller may see them; `page` of an answer asks for the next. */
  async invitations(groupId: GroupId, page?: string): Promise<InvitationsResponse> {
    return this.#context.send({ method: "GET", path: `${invitationsPath(groupId)}?${search({ page })}` });
  }

  /** Ends a link. One that has ended already stays so. */
  async revoke(groupId: GroupId, token: string): Promise<void> {
    await this.#context.send({ method: "DELETE", path: `${invitationsPath(groupId)}/${encodeURIComponent(token)}` });
  }

  /** Where a link leads, and whether it still does. `NOT_FOUND` when there is no such link. */
  async invitation(token: string): Promise<InvitationCard> {
    const card = await this.#context.send<InvitationCard>({ method: "GET", path: invitationPath(token) });
    this.#context.account().directory.learn([card.inviter]);
    return card;
  }

  /**
   * Comes in by a link: `group.isMember` of the answer says whether at once, `application` what waits for an admin.
   * `greeting` is for the admins, at most 200 UTF-16 units. `FORBIDDEN` when the link has ended.
   */
  async accept(token: string, greeting = ""): Promise<InvitationCard> {
    const account = this.#context.account();
    const card = await this.#context.send<InvitationCard>({
      method: "POST",
      path: `${invitationPath(token)}/accept`,
      body: { description: greeting },
    });
    if (card.group.conversationId !== undefined) account.expectConversation(card.group.conversationId);
    return card;
  }

  /** What anyone sees of a group that people may ask to join. `NOT_FOUND` for one that takes nobody that way. */
  async card(groupId: GroupId): Promise<GroupCardResponse> {
    return this.#context.send({ method: "GET", path: `/groups/${encodeURIComponent(groupId)}/card` });
  }

  /**
   * Asks to come into a group. Its `status` is `accepted` where nobody has to agree, and for a member. `greeting` as in
   * `accept`. `FORBIDDEN` for a group that takes nobody this way, `RATE_LIMITED` for a day after a refusal.
   */
  async apply(groupId: GroupId, greeting = ""): Promise<Application> {
    const body = { type: "group", target: groupId, description: greeting };
    return this.#application({ method: "POST", path: "/applications", body });
  }

  /** Takes an application of the caller's own back. `CONFLICT` when it was answered. */
  async withdraw(applicationId: string): Promise<Application> {
    return this.#application({ method: "DELETE", path: `/applications/${encodeURIComponent(applicationId)}` });
  }

  async #application(request: Parameters<RemoteContext["send"]>[0]): Promise<Application> {
    const account = this.#context.account();
    const application = await this.#context.send<Application>(request);
    // A member's is made up for the answer, and kept nowhere.
    if (application.status !== "accepted") account.expectPerson(personRecord({ application }));
    return application;
  }
}

function invitationsPath(groupId: GroupId): string {
  return `/groups/${encodeURIComponent(groupId)}/invitations`;
}

function invitationPath(token: string): string {
  return `/invitations/${encodeURIComponent(token)}`;
}
