import { isOpen } from "./world/calls.ts";
import type { World } from "./world/world.ts";

/** More turns than any story leaves to be taken. */
const MAX_TURNS = 20_000;

/** How often a sender repeats what has no answer yet, once all is well. */
const MAX_REPEATS = 3;

/** Everything gets its turn, in the order in which it came, until nothing waits. */
export async function runDry(world: World): Promise<void> {
  await world.turns.quiet();
  for (let turns = 0; await world.turns.next(0, "well"); turns += 1) {
    if (turns > MAX_TURNS) throw new Error("it never ends");
  }
}

/**
 * All is well from now on: everything is answered, senders repeat what was not, and every device connects and pulls.
 *
 * @param lateArrive whether the pushes that are still on their way arrive
 */
export async function settle(world: World, lateArrive: boolean): Promise<void> {
  await runDry(world);
  for (let repeat = 0; repeat < MAX_REPEATS; repeat += 1) {
    for (const sending of world.calls.sendings) {
      if (!sending.outcomes.every(isOpen)) continue;
      world.calls.send(world.node(repeat % world.nodes.length), sending, sending.texts[0] ?? "");
    }
    await runDry(world);
  }
  for (const sending of world.calls.sendings) {
    if (sending.outcomes.every(isOpen)) world.violations.push(`${sending.clientMessageId} is never answered for good`);
  }
  await clear(world, lateArrive);
  await connectAll(world);
  await clear(world, lateArrive);
  for (const name of world.calls.unanswered) world.violations.push(`a ${name} is never answered`);
  for (const { name, node } of world.devices) if (!node) world.violations.push(`${name} cannot stay connected`);
}

/** Every device connects, those of one user to different nodes, and catches up. */
export async function connectAll(world: World): Promise<void> {
  world.devices.forEach((device, index) => device.connect(world.node(index % world.nodes.length)));
  await runDry(world);
}

async function clear(world: World, lateArrive: boolean): Promise<void> {
  world.buses.forEach((bus, place) => {
    for (const message of bus.splice(0)) if (lateArrive) world.node(place).hear(message);
  });
  await runDry(world);
  for (const carried of world.onItsWay.splice(0)) if (lateArrive) world.arrive(carried);
  await world.turns.quiet();
  await runDry(world);
}
