import type { ConversationView } from "@im-webapp/client";
import type { GroupId, UserId } from "@im-webapp/protocol";
import { useEffect, useSyncExternalStore } from "react";
import { type Client, useClient, useClientState } from "@im-webapp/react";
import { MOSAIC_FACES } from "../../lib/portrait.ts";

/** Requests under way at once: a list full of groups must not hold up what its reader does. */
const PARALLEL = 2;

const NONE: readonly UserId[] = [];

interface Known {
  /** The number of members that the faces belong to; another one means that they may have changed. */
  readonly memberCount: number | undefined;
  readonly faces: readonly UserId[];
}

/** The first members of the groups in view, for their portraits. Asked for once per group and change of membership. */
class GroupFaces {
  readonly #client: Client;
  readonly #known = new Map<GroupId, Known>();
  readonly #wanted = new Map<GroupId, number | undefined>();
  readonly #listeners = new Set<() => void>();
  #running = 0;

  constructor(client: Client) {
    this.#client = client;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get(groupId: GroupId): readonly UserId[] {
    return this.#known.get(groupId)?.faces ?? NONE;
  }

  want(groupId: GroupId, memberCount: number | undefined): void {
    const known = this.#known.get(groupId);
    if (known !== undefined && known.memberCount === memberCount) return;
    this.#wanted.set(groupId, memberCount);
    this.#work();
  }

  #work(): void {
    for (const [groupId, memberCount] of this.#wanted) {
      if (this.#running >= PARALLEL) return;
      this.#wanted.delete(groupId);
      this.#running += 1;
      void this.#load(groupId, memberCount).finally(() => {
        this.#running -= 1;
        this.#work();
      });
    }
  }

  async #load(groupId: GroupId, memberCount: number | undefined): Promise<void> {
    try {
      const { members } = await this.#client.groups.members(groupId);
      const faces = members.slice(0, MOSAIC_FACES).map((member) => member.userId);
      this.#known.set(groupId, { memberCount, faces });
      for (const listener of this.#listeners) listener();
    } catch {
      // The letters of the group's name stand in until it is asked for again, when its row comes back into view.
    }
  }
}

const byClient = new WeakMap<Client, GroupFaces>();

function facesOf(client: Client): GroupFaces {
  let faces = byClient.get(client);
  if (faces === undefined) {
    faces = new GroupFaces(client);
    byClient.set(client, faces);
  }
  return faces;
}

/** The members in a group's portrait; nobody until they are known. */
export function useGroupFaces({ groupId, memberCount, left }: ConversationView): readonly UserId[] {
  const faces = facesOf(useClient());
  const isOnline = useClientState((state) => state.connection.status === "online");
  useEffect(() => {
    if (groupId !== undefined && isOnline && left !== true) faces.want(groupId, memberCount);
  }, [faces, groupId, memberCount, isOnline, left]);
  return useSyncExternalStore(faces.subscribe, () => (groupId === undefined ? NONE : faces.get(groupId)));
}
