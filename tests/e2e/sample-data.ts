import type { Group } from "@im-webapp/protocol";
import type { Connection } from "../support/connection.ts";
import { Person, sendText } from "../support/people.ts";

/** Names as people have them: short, long, mixed scripts, emoji. */
const FRIENDS = [
  "王小明",
  "Maximiliana Featherstonehaugh-Cholmondeley von Hohenlohe",
  "李雷 (Ray)",
  "たなか さくら",
  "Zoë 🦊",
  "欧阳娜娜",
  "محمد",
  "Ana María",
] as const;

export interface Sample {
  readonly me: Person;
  readonly group: Group;
  /** The names of the chats that the pages show. */
  readonly direct: string;
  readonly groupName: string;
  readonly friendId: string;
}

/** A person with a life: several chats, a lively group, long texts, much unread. */
export async function makeSample(url: string): Promise<Sample> {
  const me = await Person.register(url, "陈晨 Chen");
  const friends = await Promise.all(FRIENDS.map((name) => Person.register(url, name)));
  const [first, second, third] = friends;
  if (first === undefined || second === undefined || third === undefined) throw new Error("a sample needs friends");
  const connections = new Map<Person, Connection>();
  for (const person of [me, ...friends]) connections.set(person, await person.connect());
  const say = (from: Person, to: Parameters<typeof sendText>[1], text: string) => {
    const connection = connections.get(from);
    if (connection === undefined) throw new Error("not connected");
    return sendText(connection, to, text);
  };

  for (const [index, friend] of friends.entries()) {
    await say(
      friend,
      { userId: me.userId },
      ["在吗？", "Are we still on for tomorrow?", "好的👌", "😂😂😂"][index % 4] ?? "",
    );
  }
  for (let number = 1; number <= 120; number += 1)
    await say(second, { userId: me.userId }, `Reminder number ${number}`);

  const groupName = "周末爬山小分队 Weekend hikers 🏔️";
  const group = await me.createGroup(groupName, friends);
  const toGroup = { groupId: group.groupId };
  await say(first, toGroup, "这周六去香山怎么样？早上八点在东门集合，带够水和零食。");
  await say(first, toGroup, "天气预报说晴，18 °C");
  await say(second, toGroup, "Count me in! https://example.com/a/very/long/path?with=parameters&and=more#fragment");
  await say(me, toGroup, "👍");
  await say(
    third,
    toGroup,
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(2),
  );

  const [toFriend, toMe] = [{ userId: first.userId }, { userId: me.userId }];
  await say(first, toMe, "早上好！昨天说的那个文档我看完了，整体思路没有问题，有几处细节我们再对一下。");
  await say(me, toFriend, "好，下午三点？");
  await say(first, toMe, "Sure, 3 pm works.\nI will bring:\n• the numbers\n• coffee ☕");
  await say(me, toFriend, "🎉🎉🎉");
  for (const connection of connections.values()) connection.close();
  return { me, group, direct: first.displayName, groupName, friendId: first.userId };
}
