import { migrate } from "../migration/migrate.ts";
import { openDatabase } from "../open.ts";

/**
 * A process of its own that writes, reads, updates and reads one user again, and prints what it saw: arguments are the
 * database's URL, its time zone, and the two moments to write, in epoch milliseconds.
 */
const [url = "", timezone = "", created = "", updated = ""] = process.argv.slice(2);
const database = await openDatabase({ url, timezone });
await migrate(database);
const { User } = database.models;
await User.create({
  userId: "u1",
  username: "Ada",
  usernameKey: "ada",
  displayName: "Ada",
  createdAt: Number(created),
  updatedAt: Number(created),
});
const first = await User.findByPk("u1", { rejectOnEmpty: true });
const read = [first.createdAt, first.updatedAt];
first.updatedAt = Number(updated);
await first.save();
const second = await User.findByPk("u1", { rejectOnEmpty: true });
await User.update(
  { createdAt: second.createdAt, updatedAt: second.updatedAt },
  { where: { updatedAt: Number(updated) } },
);
const third = await User.findByPk("u1", { rejectOnEmpty: true });
const [column] = await database.sequelize.query(
  "SELECT CAST(created_at AS CHAR) AS created, CAST(updated_at AS CHAR) AS updated FROM user",
);
await database.close();
process.stdout.write(
  JSON.stringify({
    zone: new Date(Number(created)).getTimezoneOffset(),
    read,
    reread: [second.createdAt, second.updatedAt],
    again: [third.createdAt, third.updatedAt],
    column: column[0],
  }),
);
