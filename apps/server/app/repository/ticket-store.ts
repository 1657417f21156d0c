import type { EpochMs } from "@im-webapp/protocol";
import { Op } from "sequelize";
import type { TicketStore } from "../core/security/ports.ts";
import type { Database } from "../infra/database/open.ts";
import { reachable } from "./errors.ts";

/** Tickets, on the models. Each new one sweeps away those that have expired. */
export class SqlTicketStore implements TicketStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async put(ticketHash: string, payload: object, expiresAt: EpochMs, at: EpochMs): Promise<void> {
    const { Ticket } = this.#database.models;
    await reachable(async () => {
      await Ticket.destroy({ where: { expiresAt: { [Op.lte]: at } } });
      await Ticket.create({ ticketHash, payload, expiresAt });
    });
  }

  async take(ticketHash: string, at: EpochMs): Promise<unknown> {
    const { Ticket } = this.#database.models;
    return reachable(async () => {
      const ticket = await Ticket.findByPk(ticketHash);
      // Of several who take it at once, one removes the row.
      const removed = ticket ? await Ticket.destroy({ where: { ticketHash } }) : 0;
      return removed > 0 && ticket && ticket.expiresAt > at ? ticket.payload : undefined;
    });
  }
}
