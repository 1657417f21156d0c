import { type Scale, type Workload, sampleLoad } from "./workload.ts";

/** Members who send. */
const SENDERS = 10;

/** Messages that each of them keeps under way. */
const WINDOW = 8;

/** Connections that are made at the same time. */
const CONNECT_AT_ONCE = 50;

/** A group of so many members, all of them online: every message goes to each, its sender included. */
export function group({ timing }: Scale, members: number): Workload {
  const groups = new Map<object, string>();
  return {
    subjects: ["im-webapp", "im-webapp-large", "ejabberd", "relay"],
    fresh: false,
    async prepare({ subject, generator }) {
      const people = await subject.people(members);
      const address = await subject.group(people);
      groups.set(subject, address);
      await generator.ask("connect", { endpoint: subject.endpoint, people, atOnce: CONNECT_AT_ONCE });
      await generator.ask("enter", { group: address });
    },
    cases: [
      {
        id: `group-${members}`,
        title: `group of ${members} online`,
        unit: "deliveries",
        run: (stand) =>
          sampleLoad(
            stand,
            () =>
              stand.generator.ask("group", {
                group: groups.get(stand.subject) ?? "",
                senders: SENDERS,
                window: WINDOW,
                timing,
              }),
            "deliveries",
          ),
      },
    ],
  };
}
